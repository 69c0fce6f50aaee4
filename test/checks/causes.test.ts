import { expect, test } from "vitest";
import { type GradCheckReport, gradCheck } from "../../src/checks/index.ts";
import { grad, mean, random, type Tensor, tensor } from "../../src/engine/index.ts";
import {
  type Data,
  type Linear,
  meanLoss,
  type Subject,
  subjects,
  through,
} from "./plantedMistakes.ts";

const check = ({ f, parameters, data, options }: Subject, gradient: Subject["right"]) =>
  gradCheck(f as never, gradient as never, parameters, { batch: data, ...options } as never);

const planted = subjects.flatMap((subject) =>
  subject.wrong.map(([what, gradient, ...kinds]) => ({
    name: `${subject.name}, ${what}`,
    report: check(subject, gradient),
    kinds,
  })),
);

test("there are at least 60 planted mistakes over at least 12 losses and models", () => {
  expect(planted.length).toBeGreaterThanOrEqual(60);
  expect(subjects.length).toBeGreaterThanOrEqual(12);
});

test("every planted mistake is flagged", () => {
  expect(planted.filter(({ report }) => report.verdict !== "wrong")).toEqual([]);
});

test("at least 90 % of the planted mistakes get the right cause", () => {
  const missed = planted
    .filter(({ report: { cause }, kinds }) => !cause || !kinds.includes(cause.kind))
    .map(({ name, report }) => `${name}: ${report.cause?.kind}`);
  if (missed.length > 0.1 * planted.length) expect(missed).toEqual([]);
});

test("every cause has a place, a sentence that says so, and three hints", () => {
  for (const { report } of planted) {
    expect(report.cause?.hints).toHaveLength(3);
    expect(report.cause?.place).toBeTruthy();
    expect(report.sentence).toContain(report.cause?.sentence);
  }
});

test.each(subjects)("the right gradient of $name is right", (subject) => {
  expect(check(subject, subject.right).verdict).toBe("right");
});

const draw = random(11);
const many: Data = {
  x: Array.from({ length: 2000 }, () => Array.from(draw.normal([3]).data)),
  y: Array.from(draw.normal([2000]).data),
};
const w: Linear = { w: [0.5, -0.25, 1], b: 0.125 };
const single = (g: (p: Linear, d: Data) => Linear) => (p: Linear, d: Data) => {
  const { w, b } = g(p, d);
  return { w: w.map(Math.fround), b: Math.fround(b) };
};
const kinked: readonly (readonly [
  string,
  (z: number, y: number) => number,
  (z: number, y: number) => number,
])[] = [
  ["absolute error", (z, y) => Math.abs(z - y), (z, y) => Math.sign(z - y)],
  ["hinge", (z, y) => Math.max(0, 1 - y * z), (z, y) => (y * z < 1 ? -y : 0)],
  ["squared error", (z, y) => (z - y) ** 2, (z, y) => 2 * (z - y)],
];

test.each(kinked)(
  "2000 samples of %s, many of them near a kink, raise no alarm",
  (_, loss, slope) => {
    expect(gradCheck(meanLoss(loss), through(slope), w, { batch: many }).verdict).toBe("right");
  },
);

test.each(kinked)("float32 %s raises no alarm", (_, loss, slope) => {
  expect(gradCheck(meanLoss(loss), single(through(slope)), w, { batch: many }).verdict).toBe(
    "right",
  );
});

test.each(["float64", "float32"] as const)(
  "ReLU networks of many sizes in %s raise no alarm",
  (dtype) => {
    for (const hidden of [1, 3, 8]) {
      const parameters = {
        W: tensor(draw.normal([2, hidden]), { dtype }),
        c: tensor(draw.normal([hidden]), { dtype }),
        v: tensor(draw.normal([hidden]), { dtype }),
      };
      const batch = { x: draw.normal([9, 2]).toArray(), y: draw.normal([9]).toArray() };
      const f = ({ W, c, v }: typeof parameters, { x, y }: typeof batch) =>
        mean(tensor(x, { dtype }).matmul(W).add(c).relu().matmul(v).sub(y).square());
      expect(gradCheck(f, grad(f), parameters, { batch }).verdict).toBe("right");
    }
  },
);

const hard: readonly (readonly [
  string,
  (p: readonly number[]) => number,
  (p: readonly number[]) => readonly number[],
  readonly number[],
])[] = [
  [
    "Rosenbrock",
    ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    ([x = 0, y = 0]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
    [-1.2, 1],
  ],
  [
    "Rosenbrock at its minimum",
    ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    ([x = 0, y = 0]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
    [1, 1],
  ],
  [
    "a sum of logarithms",
    (p) => -p.reduce((s, v) => s + Math.log(v), 0),
    (p) => p.map((v) => -1 / v),
    [1e-6, 0.3, 2],
  ],
  ["huge and tiny slopes", ([a = 0, b = 0]) => 1e8 * a + 1e-8 * b, () => [1e8, 1e-8], [1, 1]],
  ["a large offset", ([a = 0]) => 1e6 + a * a, ([a = 0]) => [2 * a], [0.7]],
  [
    "|x| at 0",
    ([a = 0, b = 0]) => Math.abs(a) + b * b,
    ([a = 0, b = 0]) => [Math.sign(a), 2 * b],
    [0, 1],
  ],
  ["a norm", (p) => Math.hypot(...p), (p) => p.map((v) => v / Math.hypot(...p)), [3, -4]],
  [
    "a maximum",
    (p) => Math.max(...p),
    (p) => p.map((v) => Number(v === Math.max(...p))),
    [1, 3, 2],
  ],
  [
    "a product",
    (p) => p.reduce((s, v) => s * v, 1),
    (p) => p.map((_, i) => p.reduce((s, v, j) => (i === j ? s : s * v), 1)),
    [2, -3, 0.5, 7],
  ],
  [
    "log-sum-exp",
    (p) => Math.log(p.reduce((s, v) => s + Math.exp(v), 0)),
    (p) => {
      const e = p.map(Math.exp);
      const s = e.reduce((a, b) => a + b, 0);
      return e.map((v) => v / s);
    },
    [5, -20, 1],
  ],
];

test.each(hard)("%s raises no alarm", (_, f, gradient, p) => {
  expect(gradCheck(f, gradient, p)).toMatchObject({ verdict: "right" });
});

const line = (slope: (z: number, y: number) => number) => through(slope);
const data: Data = { x: [[1], [2], [-1], [0.5], [3]], y: [1, 0, 1, 1, 0] };
const logistic = meanLoss((z, y) => Math.log1p(Math.exp(z)) - y * z);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

test("a mistake that an author registered is named in the author's words", () => {
  const swapped = line((z, y) => sigmoid(z) - (1 - y));
  const report = gradCheck(
    logistic,
    swapped,
    { w: [0.4], b: 0.1 },
    {
      batch: data,
      mistakes: [
        { gradient: line((z, y) => sigmoid(z) - (1 - y)), says: "The labels are exchanged." },
      ],
    },
  );
  expect(report.cause).toMatchObject({ kind: "named", sentence: "The labels are exchanged." });
});

test("an author's regions and quantities are used in the sentence", () => {
  const outputs = ({ w, b }: Linear, { x }: Data) => x.map((row) => w[0]! * row[0]! + b);
  const steep = line((z, y) => (z > 0.7 ? 3 : 1) * (sigmoid(z) - y));
  const options = {
    batch: data,
    regions: { "the pitch is steep": (p: Linear, d: Data) => outputs(p, d).map((z) => z > 0.7) },
    quantities: { "the pitch": (p: Linear, d: Data) => outputs(p, d).map((z) => Math.atan(z)) },
  };
  const start = { w: [0.4], b: 0.1 };
  const sentence = (report: GradCheckReport) => report.cause?.sentence;
  expect(sentence(gradCheck(logistic, steep, start, options))).toContain(
    "where the pitch is steep",
  );
  const pitched = line((z, y) => Math.atan(z) * (sigmoid(z) - y));
  expect(sentence(gradCheck(logistic, pitched, start, options))).toContain(
    "factor the pitch once too often",
  );
});

test("a mistake in a case that does not occur at the given parameters is found at others", () => {
  const unmasked = line((_, y) => -y);
  const hinge = meanLoss((z, y) => Math.max(0, 1 - y * z));
  const signed = { x: data.x, y: [1, -1, 1, -1, 1] };
  const { verdict, sentence } = gradCheck(hinge, unmasked, { w: [0.01], b: 0 }, { batch: signed });
  expect(verdict).toBe("wrong");
  expect(sentence).toContain("At the given parameters every slope agrees, but not at others");
});

test("a gradient check cannot see a wrong loss: (n, 1) − (n) is differentiated rightly", () => {
  const target = [1, 2, 3];
  const wrongLoss = (p: Tensor) => p.reshape([3, 1]).sub(target).square().mean();
  const at = tensor(target);
  expect(wrongLoss(at).item()).toBeCloseTo(4 / 3, 12);
  expect(gradCheck(wrongLoss, grad(wrongLoss), at).verdict).toBe("right");
});

/** Sums of short numbers come out short, whatever they are computed in. */
test("no pattern is seen in short numbers that is not there", () => {
  const data = { x: [1, 2, 3, 5], y: [2, -4, 6, 8] };
  type Line = { w: number; b: number };
  const shares = ({ w, b }: Line, { x, y }: typeof data, of: (r: number, x: number) => number) =>
    x.reduce((sum, xi, i) => sum + of(w * xi + b - y[i]!, xi), 0) / x.length;
  const loss = (p: Line, d: typeof data) => shares(p, d, (r) => r * r);
  const squaredInput = (p: Line, d: typeof data) => ({
    w: shares(p, d, (r, x) => 2 * r * x * x),
    b: shares(p, d, (r) => 2 * r),
  });
  const { cause } = gradCheck(loss, squaredInput, { w: 0.5, b: -1 }, { batch: data });
  expect(cause?.sentence).toMatch(/^Only the gradient for w is wrong/);
  expect(cause?.sentence).not.toMatch(/ln 10|√n/);
});

test("a run of entries is named by its ends", () => {
  const f = (x: readonly number[]) => x.reduce((sum, v, i) => sum + v * (x[i - 1] ?? 1) ** 2, 0);
  const right = (x: readonly number[]) =>
    x.map((_, i) => (x[i - 1] ?? 1) ** 2 + 2 * x[i]! * (x[i + 1] ?? 0));
  const x = [0.5, -1.2, 0.8, 1.5, -0.7, 0.4];
  const half = gradCheck(f, (x) => right(x).map((v, i) => (i > 1 && i < 5 ? 0 : v)), x);
  expect(half.cause?.sentence).toBe(
    "Your gradient is wrong only from parameter [2] to parameter [4] (3 of 6 entries); there it is 0, as if never set.",
  );
});

test("a gradient that stays where the right one moves is said to ignore what moves it", () => {
  const f = ({ w, b }: { w: number; b: number }) => (w * b - 2) ** 2;
  const blind = gradCheck(f, ({ w, b }) => ({ w: 2 * w - 4, b: 2 * (w * b - 2) * w }), {
    w: 1.5,
    b: 0.7,
  });
  expect(blind.cause).toMatchObject({ kind: "ignores", place: "w" });
  expect(blind.cause?.sentence).toContain("does not depend on b");
});

test("where no pattern fits, the direction and the length are told", () => {
  const f = (x: readonly number[]) => Math.exp(x[0]! * x[1]!) + Math.sin(x[0]! + 2 * x[1]!);
  const report = gradCheck(f, (x) => [Math.cosh(x[1]!), Math.tanh(x[0]! - x[1]!)], [0.4, 0.9]);
  expect(report.cause).toBeUndefined();
  expect(report.sentence).toMatch(
    /points \d+° away from the measured gradient and is [\d.]+ times as long/,
  );
});
