/** Small honest subjects for the figures: no engine, no chance. */
const evenly = (from: number, to: number, points: number) =>
  Array.from({ length: points }, (_, k) => from + ((to - from) * k) / (points - 1));

const drawable = (
  name: string,
  seams: readonly number[],
  parts: readonly [
    value: (r: number) => number,
    gradient: (r: number) => number,
    curvature: (r: number) => number,
  ],
) => ({
  name,
  argument: "residual",
  convex: true,
  seams,
  curve: ({ from, to, points }: { from: number; to: number; points: number }) => {
    const argument = evenly(from, to, points);
    const [value, gradient, curvature] = parts.map((part) => argument.map(part));
    return { argument, value: value!, gradient: gradient!, curvature: curvature! };
  },
});

export const mse = drawable("mse", [], [(r) => r * r, (r) => 2 * r, () => 2]);
export const mae = drawable("mae", [0], [Math.abs, Math.sign, () => 0]);
export const huber = drawable(
  "huber",
  [],
  [
    (r) => (Math.abs(r) < 1 ? (r * r) / 2 : Math.abs(r) - 0.5),
    (r) => Math.max(-1, Math.min(1, r)),
    (r) => (Math.abs(r) < 1 ? 1 : 0),
  ],
);

export const rosenbrock = (x: number, y: number): number => (1 - x) ** 2 + 10 * (y - x * x) ** 2;

/** Heavy ball on Rosenbrock's valley. */
export function descent(rate: number, momentum: number, steps = 150): [number, number][] {
  let [x, y, vx, vy] = [-1.5, 2, 0, 0];
  const path: [number, number][] = [[x, y]];
  for (let step = 0; step < steps; step++) {
    vx = momentum * vx - rate * (-2 * (1 - x) - 40 * x * (y - x * x));
    vy = momentum * vy - rate * 20 * (y - x * x);
    x += vx;
    y += vy;
    path.push([x, y]);
  }
  return path;
}

/** Numbers between 0 and 1 that look like chance (a linear congruence). */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A loss per epoch that falls, then rises by `overfit` an epoch from 25 on. */
export function history(overfit: number, epochs = 60): number[] {
  const random = noise(7 + overfit * 1000);
  return evenly(1, epochs, epochs).map(
    (e) =>
      1.2 * Math.exp(-e / 12) +
      0.05 +
      Math.max(0, e - 25) * overfit +
      (overfit > 0 ? 0.06 : 0) +
      0.02 * random(),
  );
}
