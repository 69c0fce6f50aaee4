import { expect, test } from "vitest";
import { gradCheck } from "../../src/checks/index.ts";
import { grad, mean as meanOf, random, type Tensor, tensor } from "../../src/engine/index.ts";

const x = [1, 2, -1, 0.5];
const y = [2, 3, 1, -4];
interface Line {
  readonly w: number;
  readonly b: number;
}
const residuals = ({ w, b }: Line) => x.map((x, i) => w * x + b - y[i]!);
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const mse = (line: Line) => mean(residuals(line).map((r) => r * r));
const mseGradient = (line: Line) => {
  const r = residuals(line);
  return { w: mean(r.map((r, i) => 2 * r * x[i]!)), b: mean(r.map((r) => 2 * r)) };
};
const start: Line = { w: 0.3, b: -0.2 };

test("a right gradient is right, in one sentence and one row for each parameter", () => {
  const report = gradCheck(mse, mseGradient, start);
  expect(report.verdict).toBe("right");
  expect(report.sentence).toBe("The gradient is right: all 2 slopes agree with the differences.");
  expect(report.rows.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["w", "agrees"],
    ["b", "agrees"],
  ]);
});

test("a gradient wrong by 0.1 % is wrong", () => {
  const off = (line: Line) => ({ ...mseGradient(line), b: 1.001 * mseGradient(line).b });
  const report = gradCheck(mse, off, start);
  expect(report.groups.map(({ verdict }) => verdict)).toEqual(["right", "wrong"]);
  expect(report.rows[1]?.relativeError).toBeCloseTo(1e-3, 5);
});

test("a gradient wrong by 0.1 % is wrong in float32 as well", () => {
  const rounded = (factor: number) => (line: Line) => ({
    w: Math.fround(factor * mseGradient(line).w),
    b: Math.fround(factor * mseGradient(line).b),
  });
  expect(gradCheck(mse, rounded(1), start).verdict).toBe("right");
  expect(gradCheck(mse, rounded(1.001), start).verdict).toBe("wrong");
});

test("zero against zero has no relative error", () => {
  const report = gradCheck(
    ([a]: readonly number[]) => a! ** 2,
    () => [2, 0],
    [1, 5],
  );
  expect(report.rows[1]).toMatchObject({ relativeError: 0, verdict: "agrees" });
});

test("at a kink every value between the slopes is right, and none outside", () => {
  const absolute = (x: number) => 3 * Math.abs(x);
  for (const yours of [-3, 0, 1, 3])
    expect(gradCheck(absolute, yours, 0).rows[0]).toMatchObject({
      verdict: "corner",
      interval: [-3, 3],
    });
  expect(gradCheck(absolute, 3.1, 0).verdict).toBe("wrong");
});

test("next to a kink only the slope of that side is right", () => {
  const relu = (x: number) => Math.max(0, x);
  expect(gradCheck(relu, 0, -1e-6).verdict).toBe("right");
  expect(gradCheck(relu, 1, -1e-6).verdict).toBe("wrong");
});

test("at a minimum, where the slope is rounding, a right gradient is right", () => {
  const bowl = (p: readonly number[]) => 0.5 + mean(p.map((v) => (v - 0.1) ** 2));
  const report = gradCheck(bowl, (p) => p.map((v) => v - 0.1), [0.1, 0.1 + 1e-17]);
  expect(report.verdict).toBe("right");
});

test("lists, matrices, typed arrays and nested records come back in their own structure", () => {
  const parameters = {
    layers: [
      {
        W: [
          [1, 2],
          [3, 4],
        ],
      },
      { b: new Float64Array([5, 6]) },
    ],
    c: 7,
  };
  type P = typeof parameters;
  const f = ({ layers: [first, second], c }: P) =>
    (first as { W: number[][] }).W.flat().reduce((sum, v, i) => sum + i * v * v, 0) +
    (second as { b: Float64Array }).b[1]! * c;
  const right = ({ layers: [first, second], c }: P) => ({
    layers: [
      { W: (first as { W: number[][] }).W.map((row, i) => row.map((v, j) => 2 * (2 * i + j) * v)) },
      { b: [0, c] },
    ],
    c: (second as { b: Float64Array }).b[1]!,
  });
  const report = gradCheck(f, right, parameters);
  expect(report.verdict).toBe("right");
  expect(report.rows.map(({ name }) => name)).toContain("layers[0].W[1][0]");
});

test.each<[string, unknown, string, string]>([
  ["a missing group", { w: 1 }, "missing", "no gradient for b"],
  ["nothing at all", undefined, "missing", "is there a `return`?"],
  ["a wrong shape", { w: [1, 2], b: 1 }, "shape", "a single number"],
  ["NaN", { w: Number.NaN, b: 1 }, "not finite", "w is NaN"],
  ["an entry too many", { w: 1, b: 1, c: 2 }, "extra", "no such parameter"],
  ["words", { w: "1", b: 1 }, "not numbers", "string"],
  ["a promise", Promise.resolve({ w: 1, b: 1 }), "missing", "await"],
])("%s in the gradient is named", (_, returned, kind, words) => {
  const report = gradCheck(mse, () => returned, start);
  expect(report.verdict).toBe("wrong");
  expect(report.cause?.kind).toBe(kind);
  expect(report.sentence).toContain(words);
});

test("a transposed gradient matrix is called transposed", () => {
  const report = gradCheck(
    (W: number[][]) => W.flat().reduce((sum, v) => sum + v * v, 0),
    (W: number[][]) => [0, 1, 2].map((j) => W.map((row) => 2 * row[j]!)),
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  );
  expect(report.cause?.kind).toBe("transposed shape");
});

test("a gradient that throws, mutates, accumulates or draws lots is named", () => {
  const list = [1, 2, 3];
  const f = (p: readonly number[]) => p.reduce((sum, v) => sum + v * v, 0);
  const kindOf = (gradient: (p: number[]) => unknown) => gradCheck(f, gradient, list).cause?.kind;
  expect(kindOf(() => JSON.parse("{"))).toBe("throws");
  expect(kindOf((p) => p.reverse().map((v) => 2 * v))).toBe("mutates");
  const kept = [0, 0, 0];
  expect(kindOf((p) => p.map((v, i) => (kept[i]! += 2 * v)))).toBe("accumulates");
  const draw = random(1);
  expect(kindOf((p) => p.map((v) => 2 * v + draw.next()))).toBe("not deterministic");
});

test("a function that cannot be checked says why", () => {
  let call = 0;
  const say = (f: (p: number[]) => unknown) => gradCheck(f, () => [1], [2]);
  const dropout = say(([a]) => a! * (1 + 0.1 * ++call));
  expect(dropout.verdict).toBe("undecided");
  expect(dropout.sentence).toContain("dropout");
  expect(say(() => "5").sentence).toContain("the string 5");
  expect(say(() => [1, 2]).sentence).toContain("returns numbers of shape [2]");
  expect(say(() => Number.NaN).sentence).toContain("NaN");
  expect(
    say(() => {
      throw new Error("no such table");
    }).sentence,
  ).toContain("no such table");
  expect(say((p) => (p[0] = 3)).cause?.kind).toBe("mutates");
});

test("what are not parameters is refused at the door", () => {
  expect(() =>
    gradCheck(
      () => 1,
      () => 1,
      "w" as never,
    ),
  ).toThrow(TypeError);
  expect(() =>
    gradCheck(
      () => 1,
      () => 1,
      [[1], [2, 3]],
    ),
  ).toThrow("different lengths");
});

test("the parameters handed in are never changed", () => {
  const p = Object.freeze([1, 2]) as readonly number[];
  expect(
    gradCheck(
      (q: readonly number[]) => q[0]! * q[1]!,
      (q) => [q[1]!, q[0]!],
      p,
    ).verdict,
  ).toBe("right");
});

test("the report is plain data that shows itself as text and as a table", () => {
  const report = gradCheck(mse, { w: 1, b: 2 }, start);
  expect(JSON.parse(JSON.stringify(report))).toEqual({ ...report });
  const show = (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!;
  expect(show()["text/markdown"]).toContain("| w ✗ |");
  expect(show()["text/plain"]).toContain("relative error");
});

const network = (dtype: "float64" | "float32") => {
  const draw = random(3);
  const single = (t: Tensor) => tensor(t.toArray(), { dtype });
  return { W: single(draw.normal([3, 4])), v: single(draw.normal([4])), c: 0.5 };
};
type Network = ReturnType<typeof network>;
const samples = {
  x: [
    [1, 2, 3],
    [-1, 0.5, 2],
    [0, -2, 1],
  ],
  y: [1, -1, 2],
};
const networkLoss = ({ W, v, c }: Network, { x, y }: typeof samples) =>
  meanOf(tensor(x, { dtype: W.dtype }).matmul(W).tanh().matmul(v).add(c).sub(y).square());

test.each(["float64", "float32"] as const)(
  "the engine's gradient of a %s network is right",
  (dtype) => {
    const report = gradCheck(networkLoss, grad(networkLoss), network(dtype), { batch: samples });
    expect(report.sentence).toContain("all 17 slopes agree");
  },
);

test.each(["float64", "float32"] as const)(
  "0.1 % in one weight of a %s network is seen",
  (dtype) => {
    const gradient = grad(networkLoss);
    const off = (p: Network, batch: typeof samples) => {
      const right = gradient(p, batch);
      const v = right.v.toArray() as number[];
      return { ...right, v: v.map((g, i) => (i === 2 ? Math.fround(1.001 * g) : g)) };
    };
    const report = gradCheck(networkLoss, off, network(dtype), { batch: samples });
    expect(
      report.rows.filter(({ verdict }) => verdict === "differs").map(({ name }) => name),
    ).toEqual(["v[2]"]);
  },
);

test("a function written for the engine is given tensors, also where plain numbers were handed in", () => {
  const f = (p: { w: Tensor; b: Tensor }) => p.w.square().sum().mul(p.b);
  const parameters = { w: [1, 2], b: 3 };
  expect(gradCheck(f as never, grad(f) as never, parameters).verdict).toBe("right");
  const byHand = ({ w, b }: typeof parameters) => ({
    w: w.map((v) => 2 * v * b),
    b: w[0]! ** 2 + w[1]! ** 2,
  });
  expect(gradCheck(f as never, byHand, parameters).verdict).toBe("right");
});

test("a gradient that changes the batch is named", () => {
  const f = (w: number, batch: number[]) => w * w * batch[0]!;
  const gradient = (w: number, batch: number[]) => 2 * w * batch.pop()!;
  expect(gradCheck(f, gradient, 3, { batch: [2] }).cause?.kind).toBe("mutates");
});

test("a step that leaves the domain is taken smaller", () => {
  const strict = (p: number) => {
    if (p <= 0) throw new RangeError("p must be positive");
    return Math.log(p);
  };
  expect(gradCheck(strict, (p: number) => 1 / p, 0.001).verdict).toBe("right");
});

test("a place without a slope is told from noise", () => {
  const step = gradCheck(
    (x: number) => Math.floor(x),
    () => 0,
    1,
  );
  expect(step.verdict).toBe("undecided");
  expect(step.sentence).toContain("jumps or becomes infinitely steep");
  const root = gradCheck(
    (x: number) => Math.sqrt(x),
    () => 0,
    0,
  );
  expect(root.verdict).toBe("undecided");
  expect(root.sentence).toContain("no slope to compare with");
});

test("what cannot be checked is refused at the door", () => {
  const f = () => gradCheck((x: readonly number[]) => x[0], [1], [1], { directions: -1 });
  expect(f).toThrow("a whole number of directions above 0, but got -1");
  const none = () =>
    gradCheck(
      () => 1,
      () => [],
      [],
    );
  expect(none).toThrow("at least one parameter");
});
