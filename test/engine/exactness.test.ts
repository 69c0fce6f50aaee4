import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as names from "../../src/engine/index.ts";

/** A plain object, to be asked for operations by their name. */
const engine = { ...names };

type Pairs = readonly (readonly [number, number])[];
const { logSumExp, ...golden } = JSON.parse(
  readFileSync("test/fixtures/elementary.json", "utf8"),
) as Record<"exp" | "log" | "tanh", Pairs> & {
  logSumExp: readonly (readonly [number[], number])[];
};

/** The distance of two doubles, counted in doubles that lie between. */
function steps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const bits = (x: number) => {
    const whole = new BigInt64Array(new Float64Array([x]).buffer)[0]!;
    return whole < 0n ? -(whole & 0x7fffffffffffffffn) : whole;
  };
  return Number(bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a));
}

test.each(Object.entries(golden))(
  "%s is within 4 units in the last place of mpmath",
  (name, pairs) => {
    const values = engine[name as keyof typeof golden](pairs.map(([x]) => x)).data;
    pairs.forEach(([x, exact], i) => {
      expect(
        steps(values[i]!, exact),
        `${name}(${x}) = ${exact}, got ${values[i]}`,
      ).toBeLessThanOrEqual(4);
    });
  },
);

test("logSumExp is within 4 units in the last place of mpmath", () => {
  for (const [numbers, exact] of logSumExp) {
    expect(steps(names.logSumExp(numbers).item(), exact)).toBeLessThanOrEqual(4);
  }
});

test("logits of ±1000 have exact losses and finite gradients", () => {
  const slope = names.grad((z) => names.softplus(z).sum());
  expect(names.softplus([1000, -1000]).toArray()).toEqual([1000, 0]);
  expect(slope(names.tensor([1000, -1000])).toArray()).toEqual([1, 0]);
  expect(names.logSigmoid([1000, -1000]).toArray()).toEqual([-0, -1000]);
  expect(names.logSoftmax([1000, 0, -1000]).toArray()).toEqual([0, -1000, -2000]);
  const soft = names.grad((z) => names.logSoftmax(z).pick(1));
  expect(soft(names.tensor([1000, 0, -1000])).toArray()).toEqual([-1, 1, 0]);
});
