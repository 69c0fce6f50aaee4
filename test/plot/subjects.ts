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

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Normally distributed numbers (Box and Muller). */
export function gaussian(seed: number, count: number): number[] {
  const random = noise(seed * 7919);
  random();
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/** Rare positives and two models that score them. */
export const scored = (() => {
  const labels = gaussian(11, 600).map((z) => (z > 1.3 ? 1 : 0));
  const good = gaussian(12, 600).map((z, k) => z + 2.2 * labels[k]! - 2.6);
  const poor = gaussian(13, 600).map((z, k) => z + 0.8 * labels[k]! - 2);
  return {
    labels,
    scores: { logistic: good, "one feature": poor },
    probabilities: { logistic: good.map(sigmoid), overconfident: good.map((z) => sigmoid(3 * z)) },
  };
})();

/** Losses that fall at their own pace, a little differently for each seed. */
export const seededRuns = (pace: number, seeds: number): number[][] =>
  Array.from({ length: seeds }, (_, seed) => {
    const own = pace * (1 + 0.25 * (noise(seed * 977 + 3)() - 0.5));
    return Array.from(
      { length: 201 },
      (_, k) => Math.exp(-k * own) * (1 + 0.1 * Math.sin(k / 9 + seed)) + 1e-5,
    );
  });

/** Final losses over twelve rates: best at `best`, diverged beyond ten times that. */
export const finalLosses = (best: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => {
    const rate = 10 ** (-4 + k / 2);
    return rate > 10 * best ? Infinity : 1e-6 + Math.log10(rate / best) ** 4 / 10;
  });

/** Spectral radius of heavy ball on a parabola: x is rate times curvature, y the momentum. */
export function heavyBallRadius(x: number, y: number): number {
  const trace = 1 + y - x;
  const inside = trace * trace - 4 * y;
  if (inside < 0) return Math.sqrt(y);
  return Math.max(Math.abs(trace + Math.sqrt(inside)), Math.abs(trace - Math.sqrt(inside))) / 2;
}

/** Two overlapping clouds. */
export const blobs = (() => {
  const label = Array.from({ length: 80 }, (_, k) => k % 2);
  const shift = (z: number, k: number) => z + (label[k] === 1 ? 1.2 : -0.8);
  return { x: gaussian(21, 80).map(shift), y: gaussian(22, 80).map(shift), label };
})();

/** L = (w·x + b − y)² at w = 2, x = 3, b = 1, y = 5, differentiated by hand. */
export const chain = [
  { name: "w", value: 2, gradient: 12 },
  { name: "x", value: 3, gradient: 8 },
  { name: "b", value: 1, gradient: 4 },
  { name: "y", value: 5, gradient: -4 },
  { name: "wx", operation: "×", value: 6, gradient: 4, inputs: ["w", "x"] },
  { name: "ŷ", operation: "+", value: 7, gradient: 4, inputs: ["wx", "b"] },
  { name: "r", operation: "−", value: 2, gradient: 4, inputs: ["ŷ", "y"] },
  { name: "L", operation: "square", value: 4, gradient: 1, inputs: ["r"] },
];
