/** An affine map x' = a·x + c·y + e, y' = b·x + d·y + f, in the order SVG writes it. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

export const number = /-?(?:\d*\.\d+|\d+\.?)(?:e[-+]?\d+)?/gi;

/** The map that a `transform` attribute describes. */
export function parseTransform(text: string | null): Matrix {
  if (!text) return identity;
  const parts = [...text.matchAll(/(\w+)\s*\(([^)]*)\)/g)];
  return parts.map(([, name, list]) => single(name!, numbersIn(list!))).reduce(times, identity);
}

export function numbersIn(text: string): number[] {
  return (text.match(number) ?? []).map(Number);
}

/** First `second`, then `first`, as nested SVG groups apply them. */
export function times(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [k, l, m, n, o, p] = second;
  return [
    a * k + c * l,
    b * k + d * l,
    a * m + c * n,
    b * m + d * n,
    a * o + c * p + e,
    b * o + d * p + f,
  ];
}

export function applied([a, b, c, d, e, f]: Matrix, x: number, y: number): [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function single(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third] = values;
  switch (name) {
    case "translate":
      return [1, 0, 0, 1, first, second ?? 0];
    case "scale":
      return [first, 0, 0, second ?? first, 0, 0];
    case "rotate":
      return rotation(first, second ?? 0, third ?? 0);
    case "matrix":
      // SVG writes a matrix in the same order as we keep it.
      return values as unknown as Matrix;
    default:
      throw new RangeError(`The transform ${name} is not known here.`);
  }
}

function rotation(degrees: number, x: number, y: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = times([1, 0, 0, 1, x, y], [cosine, sine, -sine, cosine, 0, 0]);
  return times(turned, [1, 0, 0, 1, -x, -y]);
}
