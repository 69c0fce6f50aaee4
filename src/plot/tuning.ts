import { type Cells, cellTexts, cellTrace } from "./cells.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, colorOf } from "./look.ts";
import { cut, extent, type Numbers, row, sameLength, say } from "./numbers.ts";
import type { Attributes } from "./plotly.ts";

export interface TuningOptions {
  /** The learning rates, or whatever was tried: one for each column. */
  readonly columns: readonly number[];
  /** What the columns are. Default "learning rate". */
  readonly x?: string;
  readonly title?: string;
}

/**
 * Draws how each optimizer ended at each learning rate, coloured by powers of ten.
 * The best of each row is framed; × is a run that diverged. A wide light band forgives a poorly chosen rate.
 *
 * @throws RangeError when a row has not as many losses as there are rates.
 * @example
 * plot.tuning({ GD: [2, 0.5, Infinity] }, { columns: [0.01, 0.1, 1] }).alt // → "Loss by learning rate. GD: best 0.5 at 0.1, 1 of 3 diverged."
 */
export function tuning(
  losses: Readonly<Record<string, Numbers>>,
  { columns, x = "learning rate", title }: TuningOptions,
): Figure {
  const rows = Object.entries(losses).map(([name, values]) => ({
    name,
    values: row(name, values),
  }));
  for (const { name, values } of rows) sameLength(name, values.length, "columns", columns.length);
  const cells: Cells = {
    rows: rows.map(({ name }) => name),
    columns: columns.map((each) => brief(each, 1)),
    z: rows.map(({ values }) => values.map(power)),
    text: rows.map(({ values }) =>
      values.map((each) => (Number.isFinite(each) ? brief(each) : "×")),
    ),
    hover: `%{y}, ${x} %{x}<br>loss %{text}`,
  };
  const crowded = columns.length > 14;
  return draw({
    traces: [cellTrace(cells)],
    layout: {
      height: 130 + 48 * Math.max(2, rows.length),
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(x, { type: "category", ticks: "", showgrid: false }),
      yaxis: axis(undefined, {
        type: "category",
        ticks: "",
        showgrid: false,
        autorange: "reversed",
      }),
      annotations: cellTexts(crowded ? onlyLost(cells) : cells, crowded ? 10 : 12),
      shapes: rows.flatMap(({ values }, index) => frame(values, index)),
    },
    alt: `Loss by ${x}. ${rows.map(({ name, values }) => inWords(name, values, columns)).join(" ")}`,
  });
}

// A loss of zero is as low as any: it gets the floor of what a float can tell apart.
const power = (loss: number): number =>
  Number.isFinite(loss) ? Math.log10(Math.max(loss, 1e-30)) : NaN;

// Small numbers as powers of ten, so that they fit into a cell.
const brief = (value: number, decimals = 0): string =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)
    ? say(cut(value, 2))
    : value.toExponential(decimals).replace(".0e", "e");

const onlyLost = (cells: Cells): Cells => ({
  ...cells,
  text: cells.text.map((line) => line.map((word) => (word === "×" ? word : ""))),
});

const bestOf = (values: readonly number[]): number => values.indexOf(extent(values)?.[0] ?? NaN);

function frame(values: readonly number[], index: number): Attributes[] {
  const best = bestOf(values);
  if (best < 0) return [];
  const box = { x0: best - 0.5, x1: best + 0.5, y0: index - 0.5, y1: index + 0.5 };
  return [{ type: "rect", ...box, line: { color: colorOf(1), width: 3 } }];
}

function inWords(name: string, values: readonly number[], columns: readonly number[]): string {
  const best = bestOf(values);
  const lost = values.filter((each) => !Number.isFinite(each)).length;
  const won =
    best < 0 ? "no run ended finite" : `best ${say(values[best]!)} at ${say(columns[best]!)}`;
  return `${name}: ${won}, ${lost} of ${values.length} diverged.`;
}
