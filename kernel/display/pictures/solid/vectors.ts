/** A point or direction in space. */
export type Vector = readonly [x: number, y: number, z: number];

export const minus = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [a - d, b - e, c - f];

export const dot = ([a, b, c]: Vector, [d, e, f]: Vector): number => a * d + b * e + c * f;

export const cross = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [
  b * f - c * e,
  c * d - a * f,
  a * e - b * d,
];

export function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1;
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}
