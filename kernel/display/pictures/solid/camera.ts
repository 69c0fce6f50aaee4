import { cross, dot, minus, unit, type Vector } from "./vectors.ts";

/** A place on the picture, and how far from the eye it lies. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** From the cube of side 1 around the origin to the picture. */
export type Project = (point: Vector) => Projected;

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Looks at the middle of the cube from `eye`, upright, and so near that the cube fills the frame. */
export function camera(eye: Vector, frame: Frame): Project {
  const forward = unit([-eye[0], -eye[1], -eye[2]]);
  const right = unit(cross(forward, [0, 0, 1]));
  const up = cross(right, forward);
  const seen: Project = (point) => {
    const ray = minus(point, eye);
    const depth = dot(ray, forward);
    return { x: dot(ray, right) / depth, y: -dot(ray, up) / depth, depth };
  };
  const corners = cubeCorners.map(seen);
  const [left, rightmost] = reach(corners.map(({ x }) => x));
  const [top, bottom] = reach(corners.map(({ y }) => y));
  const zoom = Math.min(frame.width / (rightmost - left), frame.height / (bottom - top));
  return (point) => {
    const { x, y, depth } = seen(point);
    return {
      x: frame.x + frame.width / 2 + zoom * (x - (left + rightmost) / 2),
      y: frame.y + frame.height / 2 + zoom * (y - (top + bottom) / 2),
      depth,
    };
  };
}

const sides = [-0.5, 0.5];
const cubeCorners = sides.flatMap((x) => sides.flatMap((y) => sides.map((z): Vector => [x, y, z])));

export function reach(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
