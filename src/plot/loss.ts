import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { curveTrace } from "./fn.ts";
import { ascending, reach, say } from "./numbers.ts";
import { panels } from "./panels.ts";
import { type Curve, joined, type Piece, stretches } from "./sampling.ts";
import { breaksAt, type Seam, seamMarks, seamsInWords } from "./seams.ts";

/** What a picture needs to know of a loss: any loss made by `defineLoss` has it. */
export interface DrawableLoss {
  readonly name: string;
  /** What the loss is a function of: "residual", "margin", "probability", "logit". */
  readonly argument?: string;
  readonly convex?: boolean;
  /** Where the gradient or the curvature jumps. */
  readonly seams: readonly number[];
  curve(options: {
    readonly from: number;
    readonly to: number;
    readonly points: number;
    readonly target?: number;
  }): LossCurve;
}

/** A loss and its first two derivatives, sampled. */
export interface LossCurve {
  readonly argument: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
  readonly curvature: ArrayLike<number>;
}

export interface LossOptions {
  /** From where to where. Default: [-3, 3] for residuals and margins, [-6, 6] for logits, [0.02, 0.98] for probabilities. */
  readonly range?: readonly [number, number];
  /** Name of the argument. Default: what the loss says of itself. */
  readonly x?: string;
  readonly title?: string;
  /** The target at which a loss of a prediction is drawn. Default: the loss's own choice. */
  readonly target?: number;
}

/** One loss, several, or several under names of your choice. */
export type Losses =
  | DrawableLoss
  | readonly DrawableLoss[]
  | Readonly<Record<string, DrawableLoss>>;

/**
 * Draws a loss, its derivative and its curvature, one below the other; several losses share the panels.
 * The derivative is what a training step feels: where it is flat, one outlier pulls no harder than any other.
 *
 * @example
 * const parabola = { name: "parabola", seams: [], curve: () => ({ argument: [-1, 0, 1], value: [1, 0, 1], gradient: [-2, 0, 2], curvature: [2, 2, 2] }) };
 * plot.loss(parabola).data.length // → 3
 */
export function loss(losses: Losses, options: LossOptions = {}): Figure {
  const all = namedLosses(losses);
  const [range, x] = rangeAndName(all, options);
  const sampled = all.map(([name, each]) => sampledLoss(name, each, range, options.target));
  const traces = sampled.flatMap(({ name, value, gradient, curvature }, series) =>
    [value, gradient, curvature].map((curve, panel) => curveTrace(name, curve, { series, panel })),
  );
  return draw({
    traces,
    layout: {
      ...panels(["loss", "derivative", "curvature"], x),
      title: { text: options.title ?? sampled.map(({ name }) => name).join(", ") },
      showlegend: all.length > 1,
      hovermode: "x unified",
      ...seamMarks(
        sampled.flatMap(({ seams }) => seams),
        all.length > 1,
      ),
    },
    alt: sampled.map((each) => inWords(each, x, range)).join(" "),
  });
}

/** The losses with the names under which they are drawn. */
export function namedLosses(losses: Losses): readonly (readonly [string, DrawableLoss])[] {
  const all = isLoss(losses)
    ? [[losses.name, losses] as const]
    : Array.isArray(losses)
      ? losses.map((each: DrawableLoss) => [each.name, each] as const)
      : Object.entries(losses as Readonly<Record<string, DrawableLoss>>);
  if (all.length > 0 && all.every(([, each]) => isLoss(each))) return all;
  throw new TypeError(
    "loss needs one or several losses, each with a name, seams and a curve.\nHint: plot.loss(huber({ delta: 1 })); for a plain function use plot.fn.",
  );
}

const isLoss = (value: unknown): value is DrawableLoss =>
  (typeof value === "function" || typeof value === "object") &&
  value !== null &&
  "curve" in value &&
  typeof value.curve === "function";

const known: Readonly<Record<string, { range: readonly [number, number]; axis: string }>> = {
  residual: { range: [-3, 3], axis: "residual  r = prediction − target" },
  "relative residual": {
    range: [-1, 1],
    axis: "relative residual  r = (prediction − target) / |target|",
  },
  margin: { range: [-3, 3], axis: "margin  m = target · score" },
  logit: { range: [-6, 6], axis: "logit z" },
  probability: { range: [0.02, 0.98], axis: "probability p" },
  rate: { range: [0.05, 5], axis: "rate μ" },
  amount: { range: [0, 5], axis: "amount a" },
  distance: { range: [0.001, 3], axis: "distance d" },
};

/** Where to draw these losses and what to call the axis, unless the caller says so. */
export function rangeAndName(
  losses: readonly (readonly [string, DrawableLoss])[],
  options: LossOptions,
): [readonly [number, number], string] {
  const kind = losses[0]![1].argument ?? "residual";
  const usual = known[kind] ?? { range: [-3, 3], axis: kind };
  const range = options.range ?? usual.range;
  ascending("range", range);
  return [range, options.x ?? usual.axis];
}

export interface SampledLoss {
  readonly name: string;
  readonly loss: DrawableLoss;
  readonly value: Curve;
  readonly gradient: Curve;
  readonly curvature: Curve;
  readonly seams: readonly Seam[];
}

/** The three curves of a loss, each broken where it jumps. */
export function sampledLoss(
  name: string,
  loss: DrawableLoss,
  range: readonly [number, number],
  target?: number,
): SampledLoss {
  const parts = stretches(range, loss.seams);
  const points = Math.max(25, Math.ceil(241 / parts.length));
  const curves = parts.map(([from, to]) => {
    const hair = (to - from) * 1e-9;
    const ends = { from: from + hair, to: to - hair, points };
    return loss.curve(target === undefined ? ends : { ...ends, target });
  });
  const joinedOf = (what: "value" | "gradient" | "curvature"): Curve =>
    joined(curves.map((curve, index) => piece(curve.argument, curve[what], parts[index]!)));
  const [value, gradient, curvature] = [
    joinedOf("value"),
    joinedOf("gradient"),
    joinedOf("curvature"),
  ];
  // A seam may belong to other targets: those of pairs apart are none for pairs together.
  const seams = parts.slice(1).flatMap(([at]): Seam[] => {
    const breaks = (curve: Curve) => breaksAt(curve, at);
    const what = breaks(value) ? "jump" : breaks(gradient) ? "kink" : "curvature jumps";
    return [value, gradient, curvature].some(breaks) ? [{ at, name, what }] : [];
  });
  return { name, loss, value, gradient, curvature, seams };
}

// A hair inside the seam was computed, the seam itself is meant.
const piece = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [from, to]: readonly [number, number],
): Piece => ({
  x: Array.from(x, (each, index) => (index === 0 ? from : index === x.length - 1 ? to : each)),
  y: Array.from(y),
});

function inWords(
  { name, loss, value, gradient, seams }: SampledLoss,
  x: string,
  [from, to]: readonly [number, number],
): string {
  const facts = [
    `values ${reach(value.y) ?? "nowhere finite"}`,
    `derivative ${reach(gradient.y) ?? "nowhere finite"}`,
    ...(loss.convex === undefined ? [] : [loss.convex ? "convex" : "not convex"]),
    ...seamsInWords(seams),
  ];
  return `Loss ${name} for ${x} from ${say(from)} to ${say(to)}: ${facts.join(", ")}.`;
}
