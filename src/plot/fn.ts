import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { stroke } from "./look.ts";
import { ascending, reach, type Scalar, say, scalar } from "./numbers.ts";
import { axisName, panels } from "./panels.ts";
import type { Layout, Trace } from "./plotly.ts";
import { along, type Curve, joined, kinks, type Sampled, slopeAt, stretches } from "./sampling.ts";
import { breaksAt, type Seam, seamMarks, seamsInWords } from "./seams.ts";

/** A function of one number; a tensor that holds one number is welcome as its result. */
export type FunctionOfOne = (x: number) => Scalar;

export interface FnOptions {
  /** From where to where. Default [-3, 3]. */
  readonly range?: readonly [number, number];
  /** Draw the slope below: `true` takes differences, a function (for example `grad(f)`) is exact. */
  readonly deriv?: boolean | FunctionOfOne | Readonly<Record<string, FunctionOfOne>>;
  /** Name of the argument. Default "x". */
  readonly x?: string;
  /** Name of the value. Default "value". */
  readonly y?: string;
  readonly title?: string;
  /** Where a function is not smooth. Default: found by looking closer wherever a bend stands out. */
  readonly seams?: readonly number[];
  /** Samples of each curve. Default 241. */
  readonly points?: number;
}

/**
 * Draws one or several functions of one number, with their slopes below if asked.
 * A jump is drawn as a gap, never as a steep line, and a kink is marked.
 *
 * @throws RangeError when the range is empty or there is nothing to draw.
 * @example
 * plot.fn({ square: (e) => e * e, absolute: Math.abs }, { deriv: true, x: "error" }).data.length // → 4
 */
export function fn(
  functions: FunctionOfOne | Readonly<Record<string, FunctionOfOne>>,
  options: FnOptions = {},
): Figure {
  const { range = [-3, 3], x = "x", y = "value", title } = options;
  ascending("range", range);
  const drawn = Object.entries(named(functions)).map(([name, f]) => drawnCurve(name, f, options));
  if (drawn.length === 0)
    throw new RangeError("fn needs at least one function.\nHint: plot.fn({ square: x => x * x }).");
  const traces = drawn.flatMap(({ name, curves }, series) =>
    curves.map((curve, panel) => curveTrace(name, curve, { series, panel })),
  );
  const layout: Layout = {
    ...panels(options.deriv ? [y, "derivative"] : [y], x),
    ...(title !== undefined && { title: { text: title } }),
    showlegend: drawn.length > 1,
    hovermode: "x unified",
    ...seamMarks(
      drawn.flatMap(({ seams }) => seams),
      drawn.length > 1,
    ),
  };
  const alt = drawn.map((each) => inWords(each, x, range)).join(" ");
  return draw({ traces, layout, alt, notes: drawn.flatMap(gapNote) });
}

/** A curve with its slope, as it will be drawn. */
interface Drawn {
  readonly name: string;
  /** The values, and the slopes if asked. */
  readonly curves: readonly Curve[];
  readonly seams: readonly Seam[];
}

function drawnCurve(name: string, f: FunctionOfOne, options: FnOptions): Drawn {
  const { range = [-3, 3], points = 241, deriv } = options;
  const value: Sampled = (x) => scalar(f(x));
  const all = new Set(options.seams ?? kinks(value, range));
  const seams = [...all].filter((seam) => seam > range[0] && seam < range[1]);
  const parts = stretches(range, seams);
  const share = Math.max(5, Math.ceil(points / parts.length));
  const curve = (g: (part: readonly [number, number]) => Sampled) =>
    joined(parts.map((part) => along(g(part), part, share)));
  const exact = typeof deriv === "object" ? deriv[name] : deriv;
  const slope = (part: readonly [number, number]): Sampled =>
    typeof exact === "function" ? (x) => scalar(exact(x)) : (x) => slopeAt(value, x, part);
  const values = curve(() => value);
  return {
    name,
    curves: [values, ...(deriv ? [curve(slope)] : [])],
    seams: seams.map((at) => ({ at, name, what: breaksAt(values, at) ? "jump" : "kink" })),
  };
}

const named = (
  functions: FunctionOfOne | Readonly<Record<string, FunctionOfOne>>,
): Readonly<Record<string, FunctionOfOne>> =>
  typeof functions === "function" ? { [functions.name || "f"]: functions } : functions;

/** One curve in one panel; its name toggles it in all panels together. */
export const curveTrace = (
  name: string,
  { x, y }: Curve,
  { series, panel }: { series: number; panel: number },
): Trace => ({
  type: "scatter",
  mode: "lines",
  name,
  legendgroup: name,
  showlegend: panel === 0,
  x,
  y,
  yaxis: axisName("y", panel),
  line: stroke(series),
});

function inWords(
  { name, curves: [values, slopes], seams }: Drawn,
  x: string,
  [from, to]: readonly [number, number],
): string {
  const facts = [
    `values ${reach(values!.y) ?? "nowhere finite"}`,
    ...(slopes ? [`slopes ${reach(slopes.y) ?? "nowhere finite"}`] : []),
    ...seamsInWords(seams),
  ];
  return `${name} for ${x} from ${say(from)} to ${say(to)}: ${facts.join(", ")}.`;
}

function gapNote({ name, curves: [values] }: Drawn): string[] {
  const strays = values!.y.filter((y) => y !== null && !Number.isFinite(y)).length;
  return strays > 0
    ? [`${name} is not finite at ${strays} of ${values!.y.length} samples: gaps`]
    : [];
}
