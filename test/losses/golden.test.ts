import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as downhill from "../../src/index.ts";
import { type AnyLoss, compile, grad, type Tensor, tensor, valueAndGrad } from "../../src/index.ts";

/** Numbers within arrays; JSON has no infinities, so they travel as strings. */
type Numbers = number | string | readonly Numbers[];
interface Golden {
  readonly loss: string;
  readonly options: object;
  readonly prediction: number[];
  readonly target: number[];
  readonly value: Numbers;
  readonly gradient?: Numbers;
}

const goldens = (source: string, list = "losses"): Golden[] =>
  JSON.parse(readFileSync(`test/fixtures/${source}.json`, "utf8"))[list];
const makers = downhill as unknown as Record<string, (options: object) => AnyLoss>;
const flat = (numbers: Numbers): number[] =>
  Array.isArray(numbers) ? numbers.flatMap(flat) : [Number(numbers)];

/** How many numbers of float64 lie between two. */
function unitsApart(left: number, right: number): number {
  if (left === right) return 0;
  const bits = new BigInt64Array(Float64Array.of(left, right).buffer);
  const place = (b: bigint) => (b < 0n ? -(b & 0x7fffffffffffffffn) : b);
  return Math.abs(Number(place(bits[0]!) - place(bits[1]!)));
}

describe.each(["torch", "optax", "formulas"])("the losses of %s", (source) => {
  test.each(goldens(source).map((each) => [each.loss, each.options, each] as const))(
    "%s %j is ours, and its gradient",
    (name, options, { prediction, target, value, gradient }) => {
      const loss = makers[name]!(options);
      const total = (p: Tensor) => loss(p, target).sum();
      const ours = [...loss(prediction, target).data, ...grad(total)(tensor(prediction)).data];
      const theirs = [...flat(value), ...flat(gradient!)];
      // Both round in their last digits; below 1e-3 an absolute 1e-15 is what their forms keep.
      ours.forEach((x, i) => {
        expect(Math.abs(x - theirs[i]!) / Math.max(1e-3, Math.abs(theirs[i]!))).toBeLessThan(1e-12);
      });
    },
  );
});

describe("closed forms at a thousand digits", () => {
  test.each(
    goldens("mpmath").map((each) => [each.loss, each.options, each.target[0], each] as const),
  )(
    "%s %j at target %d is within 4 units in the last place",
    (name, options, _, { prediction, target, value }) => {
      const ours = makers[name]!(options)(prediction, target).data;
      const units = flat(value).map((exact, i) => unitsApart(ours[i]!, exact));
      expect(Math.max(...units)).toBeLessThanOrEqual(4);
    },
  );
});

describe("losses whose terms cancel", () => {
  const rows = goldens("mpmath", "cancelling");
  const apart = (ours: ArrayLike<number>, exact: Numbers) =>
    Math.max(...flat(exact).map((number, i) => unitsApart(ours[i]!, number)));

  test.each(rows.map((each, i) => [i, each.loss, each.options, each] as const))(
    "%d: %s %j is within 4 units in the last place, and so is its gradient",
    (_, name, options, { prediction, target, value, gradient }) => {
      const loss = makers[name]!(options);
      const total = (p: Tensor) => loss(p, target).sum();
      expect(apart(loss(prediction, target).data, value)).toBeLessThanOrEqual(4);
      expect(apart(grad(total)(tensor(prediction)).data, gradient!)).toBeLessThanOrEqual(4);
    },
  );

  test.each(rows.map((each, i) => [i, each.loss, each.options, each] as const))(
    "%d: %s %j is the same when it is compiled, and its gradient, too",
    (_, name, options, { prediction, target }) => {
      const loss = makers[name]!(options);
      const both = valueAndGrad((p: Tensor) => loss(p, target).sum());
      const compiled = compile(both);
      const [once, again] = [
        both(tensor(prediction)),
        [1, 2].map(() => compiled(tensor(prediction)))[1]!,
      ];
      expect(compiled.obstacle).toBeUndefined();
      expect(again.value.item()).toBe(once.value.item());
      expect(again.gradient.toArray()).toEqual(once.gradient.toArray());
    },
  );
});

test("a divergence from a prediction that is the target is 0, and infinite from one that rules it out", () => {
  const { klDivergence } = downhill;
  const shares = [0.1, 0.2, 0.7];
  expect(klDivergence({ from: "probabilities" })(shares, shares).item()).toBe(0);
  expect(klDivergence({ from: "probabilities" })([0, 1], [0.5, 0.5]).item()).toBe(Infinity);
  expect(klDivergence({ from: "probabilities" })([0, 1], [0, 1]).item()).toBe(0);
  expect(klDivergence()([-Infinity, 0], [0.5, 0.5]).item()).toBe(Infinity);
});

test("a cosine loss of rows whose squares overflow or vanish is that of their directions", () => {
  const { cosine } = downhill;
  const [row, other] = [
    [3, 4],
    [4, 3],
  ];
  for (const size of [1e-200, 1, 1e200]) {
    const large = row!.map((x) => x * size);
    expect(cosine()(large, other!).item()).toBeCloseTo(0.04, 14);
  }
});

test("robust losses of residuals whose squares overflow are what they tend to, and so are their slopes", () => {
  const { cauchy, pseudoHuber } = downhill;
  const far = tensor([1e200, -1e300, 1.7e308]);
  const line = valueAndGrad((r: Tensor) =>
    pseudoHuber({ delta: 0.5, reduction: "none" })(r, 0).sum(),
  );
  expect(pseudoHuber({ delta: 0.5, reduction: "none" })(far, 0).toArray()).toEqual([
    5e199, 5e299, 8.5e307,
  ]);
  expect(line(far).gradient.toArray()).toEqual([0.5, -0.5, 0.5]);
  expect(pseudoHuber().gradient(-1e300)).toBe(-1);
  const bent = cauchy({ reduction: "none" });
  bent(far, 0).data.forEach((value, i) => {
    expect(unitsApart(value, Math.log(Math.abs(far.data[i]!)))).toBeLessThanOrEqual(1);
  });
  grad((r: Tensor) => bent(r, 0).sum())(far).data.forEach((slope, i) => {
    expect(unitsApart(slope, 1 / far.data[i]!)).toBeLessThanOrEqual(1);
  });
});
