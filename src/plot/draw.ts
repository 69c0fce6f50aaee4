import { isRecord } from "./differences.ts";
import { Figure } from "./Figure.ts";
import { logTicks } from "./logTicks.ts";
import { axis, colors, config, ink } from "./look.ts";
import { plain } from "./numbers.ts";
import type { Attributes, Frame, Layout, Trace } from "./plotly.ts";

/** What one kind of picture decides; the common look is added here. */
export interface Picture {
  readonly traces: readonly Trace[];
  readonly layout: Layout;
  /** The picture in words. */
  readonly alt: string;
  /** What was left out or changed: shown in small print and said in the words. */
  readonly notes?: readonly string[];
  readonly frames?: readonly Frame[];
}

/** A finished figure in the common look, with plain rounded numbers and its description. */
export function draw({ traces, layout, alt, notes = [], frames }: Picture): Figure {
  const text = [alt, ...notes.map((note) => `${note}.`)].join(" ");
  const annotations = [
    ...(layout.annotations ?? []),
    ...notes.map((note, line) => smallPrint(note, line, layout)),
  ];
  return new Figure({
    data: traces.map((trace) => plain(trace)),
    layout: plain({
      ...look(layout),
      ...layout,
      ...logTicks(layout, traces),
      ...(annotations.length > 0 && { annotations }),
      meta: { alt: text },
    }),
    config,
    ...(frames && { frames: frames.map((frame) => plain(frame)) }),
  });
}

const look = ({ title, height = 380 }: Layout): Layout => ({
  colorway: colors,
  font: { family: "Open Sans, Arial, sans-serif", size: 13, color: ink.text },
  paper_bgcolor: "#fff",
  plot_bgcolor: "#fff",
  margin: { l: 64, r: 24, t: title ? 56 : 32, b: 52 },
  height,
  hoverlabel: { namelength: -1 },
  hovermode: "closest",
  xaxis: axis(),
  yaxis: axis(),
});

const smallPrint = (note: string, line: number, { legend }: Layout): Attributes => ({
  text: note,
  xref: "paper",
  yref: "paper",
  x: 0,
  y: 1,
  xanchor: "left",
  yanchor: "bottom",
  // A legend above the drawing comes first.
  yshift: 2 + 14 * line + (isRecord(legend) && legend.orientation === "h" ? 24 : 0),
  showarrow: false,
  font: { size: 11, color: ink.quiet },
});
