import { contour } from "./contour.ts";
import type { Figure } from "./Figure.ts";
import { fn } from "./fn.ts";
import { ink } from "./look.ts";
import { type Numbers, row, type Scalar, sameLength, say, scalar } from "./numbers.ts";
import type { Path } from "./paths.ts";

export interface SliceOptions {
  /** How far to go along each direction, in its own length. Default 1. */
  readonly reach?: number;
  /** Colour by powers of ten. */
  readonly log?: boolean;
  /** The parameters after each step of a training run: its shadow on the slice is drawn. */
  readonly path?: readonly Numbers[];
  readonly title?: string;
  /** Samples along each side. Default 41: a slice costs 1,681 losses. */
  readonly points?: number;
}

/**
 * Cuts through the loss landscape of many parameters: along one direction a curve, along two a map.
 * It is a slice and no more: a valley in it may be a slope in the directions that it does not show.
 * Source: Li, Xu, Taylor, Studer and Goldstein, Visualizing the Loss Landscape of Neural Nets, 2018, arXiv:1712.09913.
 *
 * @throws RangeError when a direction is not as long as the parameters.
 * @example
 * const bowl = (parameters) => parameters.reduce((sum, each) => sum + each * each, 0);
 * plot.slice(bowl, [0, 0, 0], [[1, 0, 0], [0, 1, 1]]).data[0].type // → "heatmap"
 */
export function slice(
  loss: (parameters: Float64Array) => Scalar,
  center: Numbers,
  directions: readonly [Numbers] | readonly [Numbers, Numbers],
  options: SliceOptions = {},
): Figure {
  const { reach = 1, title = "A slice through the loss landscape" } = options;
  const origin = row("center", center);
  const [one, two] = directions.map((each, index) => direction(each, index, origin));
  const at = (a: number, b: number) =>
    loss(Float64Array.from(origin, (each, k) => each + a * one![k]! + b * (two?.[k] ?? 0)));
  const range = [-reach, reach] as const;
  const words = ` The middle has loss ${say(scalar(at(0, 0)))} and is one point in ${origin.length} dimensions.`;
  if (!two)
    return described(
      fn({ loss: (a) => at(a, 0) }, { range, x: "way along the direction", y: "loss", title }),
      words,
    );
  const paths = options.path && { training: shadow(options.path, origin, one!, two) };
  const map = contour(at, {
    x: range,
    y: range,
    points: options.points ?? 41,
    log: options.log ?? false,
    names: ["direction 1", "direction 2", "loss"],
    title,
    ...(paths && { paths }),
  });
  return described(map.with({ annotations: [...(map.layout.annotations ?? []), middle] }), words);
}

function direction(numbers: Numbers, index: number, origin: readonly number[]): number[] {
  const values = row(`direction ${index + 1}`, numbers);
  sameLength(`direction ${index + 1}`, values.length, "center", origin.length);
  return values;
}

const described = (figure: Figure, words: string): Figure =>
  figure.with({ meta: { alt: figure.alt + words } });

const middle = { x: 0, y: 0, text: "✛", showarrow: false, font: { size: 18, color: ink.text } };

/** Least squares: the point of the plane that lies nearest to each point of the path. */
function shadow(
  path: readonly Numbers[],
  origin: readonly number[],
  one: readonly number[],
  two: readonly number[],
): Path {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, each, k) => sum + each * b[k]!, 0);
  const [p, q, r] = [dot(one, one), dot(one, two), dot(two, two)];
  const determinant = p * r - q * q;
  return path.map((point, step) => {
    const offset = row(`step ${step} of path`, point).map((each, k) => each - origin[k]!);
    const [a, b] = [dot(offset, one), dot(offset, two)];
    return [(a * r - b * q) / determinant, (b * p - a * q) / determinant] as const;
  });
}
