import { exercise } from "downhill";

type Fn = (x: number) => number;
type Pair = [a: number, b: number] | undefined;

const parabola: Fn = (x) => x * x;
const twoWells: Fn = (x) => x ** 4 - 2 * x * x;
const line: Fn = (x) => 0.1 * x + 0.3;
const squaredSigmoid: Fn = (z) => (1 / (1 + Math.exp(-z))) ** 2;
const corner: Fn = (x) => Math.abs(x - 0.3);

/** How far the curve lies above the middle of the chord. */
const above = (f: Fn, a: number, b: number) => f((a + b) / 2) - (f(a) + f(b)) / 2;

const points = (from: number, to: number) =>
  Array.from({ length: 41 }, (_, i) => from + (i * (to - from)) / 40);

const search = (from: number, to: number, test: (a: number, b: number) => boolean): Pair => {
  for (const a of points(from, to))
    for (const b of points(from, to)) if (a < b && test(a, b)) return [a, b];
  return undefined;
};

export const counterexample = exercise<(f: Fn, from: number, to: number) => Pair>({
  lesson: "09",
  name: "counterexample",
  task: "Find two points whose chord has the curve above its middle, or give back undefined.",
  cases: [
    [twoWells, -2, 2],
    [parabola, -2, 2],
    [squaredSigmoid, -8, 8],
    [corner, -1, 3],
    [line, 0, 1],
    [Math.sin, 0, 3],
  ],
  // An empty cell gives undefined too, so it must not look like the answer "convex" everywhere.
  starter: () => undefined,
  solution: (f, from, to) => {
    for (let i = 0; i <= 40; i++) {
      for (let j = i + 1; j <= 40; j++) {
        const a = from + (i * (to - from)) / 40;
        const b = from + (j * (to - from)) / 40;
        if (f((a + b) / 2) > (f(a) + f(b)) / 2 + 1e-9) return [a, b];
      }
    }
    return undefined;
  },
  accepts: (value, f, from, to) => {
    if (value === undefined)
      return "You found no counterexample, but there is one: this function is not convex. Try more pairs, not only neighbours or the two ends.";
    if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isFinite))
      return "Give back the two points as [a, b], or undefined when there are none.";
    const [a, b] = value;
    if (Math.min(a, b) < from || Math.max(a, b) > to)
      return `The points ${a} and ${b} lie outside the range from ${from} to ${to}.`;
    if (above(f, a, b) > 1e-12) return true;
    if (above(f, a, b) > 0)
      return `At the middle of ${a} and ${b} the curve is above the chord by rounding only. Leave room: ask for more than 1e-9.`;
    return `At the middle of ${a} and ${b} the curve is not above the chord, so this pair proves nothing.`;
  },
  mistakes: [
    {
      attempt: (f, from, to) => search(from, to, (a, b) => above(f, a, b) < -1e-9),
      says: "You look for the curve below its chord; that is what a convex function does. A counterexample has the curve above.",
    },
    {
      attempt: (f, from, to) => (above(f, from, to) > 1e-9 ? [from, to] : undefined),
      says: "You tried one chord only, from end to end. A function may pass it and fail another: try many pairs.",
    },
    {
      attempt: (f, from, to) => search(from, to, (a, b) => f((a + b) / 2) > f(a) + f(b) + 1e-9),
      says: "The middle of the chord has the height (f(a) + f(b)) / 2. The division by 2 is missing.",
    },
  ],
  hints: [
    "Two loops over points between from and to give you many pairs. What must hold at the middle of a convex function's chord?",
    "Convex means f((a + b) / 2) ≤ (f(a) + f(b)) / 2. Leave room for rounding, say 1e-9.",
    "if (f((a + b) / 2) > (f(a) + f(b)) / 2 + 1e-9) return [a, b]; after both loops: return undefined;",
  ],
});

export const smallestCurvature = exercise<(a: number, b: number, c: number) => number>({
  lesson: "09",
  name: "smallestCurvature",
  task: "Give back the smaller eigenvalue of the Hessian with a and c on the diagonal and b beside it.",
  cases: [
    [15, 5, 2],
    [2, 0, -2],
    [3, 0, 3],
    [1, -4, 1],
  ],
  starter: () => 0,
  solution: (a, b, c) => (a + c) / 2 - Math.hypot((a - c) / 2, b),
  mistakes: [
    {
      attempt: (a, b, c) => (a + c) / 2 + Math.hypot((a - c) / 2, b),
      says: "That is the larger one. The smaller one tells whether every direction curves upwards.",
    },
    {
      attempt: (a, _, c) => Math.min(a, c),
      says: "You looked along the two axes only. The flattest direction may lie between them, and then b counts.",
    },
    {
      attempt: (a, b, c) => a * c - b * b,
      says: "That is the determinant, the product of both eigenvalues. It is positive also when both are negative.",
    },
    {
      attempt: (a, b, c) => a + c - Math.hypot(a - c, b),
      says: "Take half of the sum and half of the difference: (a + c) / 2 and (a − c) / 2.",
    },
  ],
  hints: [
    "Both eigenvalues lie equally far from the middle of the diagonal, (a + c) / 2.",
    "The distance is the hypotenuse of (a − c) / 2 and b.",
    "(a + c) / 2 - Math.hypot((a - c) / 2, b)",
  ],
});
