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

test("softmax and logSoftmax keep their digits however large all logits are", () => {
  // Without the 1000 these are e^0, e^-0.5 and e^-30 over their sum, from mpmath.
  const shares = [0.6224593312018183, 0.3775406687981234, 5.824739734823029e-14];
  const logits = [1000, 999.5, 970];
  names.softmax(logits).data.forEach((share, i) => {
    expect(steps(share, shares[i]!)).toBeLessThanOrEqual(4);
  });
  const logs = [-0.4740769841801649, -0.974076984180165, -30.474076984180165];
  names.logSoftmax(logits).data.forEach((log, i) => {
    expect(steps(log, logs[i]!)).toBeLessThanOrEqual(4);
  });
});

test("what rounding took from a difference is what is missing from it", () => {
  for (const dtype of ["float64", "float32"] as const) {
    const small = dtype === "float64" ? 2 ** -60 : 2 ** -30;
    const x = names.tensor([1, 3, Infinity, -Infinity], { dtype });
    const y = names.tensor([small, 2, 1, 1], { dtype });
    expect(names.roundedOff(x, y).toArray()).toEqual([-small, 0, 0, 0]);
  }
});

test("the class that leads keeps the digits of its surprise, and those of its slope", () => {
  // log(1 + e^-d) and −1/(1 + e^d) for a lead d that is rounded, from mpmath.
  const z = names.tensor([50.94539082370364, -7.190976852339067]);
  const soft = names.valueAndGrad((row: names.Tensor) => names.logSoftmax(row).pick(0));
  const { value, gradient } = soft(z);
  expect(steps(value.item(), -5.645420817698394e-26)).toBeLessThanOrEqual(4);
  expect(steps(gradient.data[0]!, 5.645420817698394e-26)).toBeLessThanOrEqual(4);
});

test("a share that rounds to 1 keeps its slope, and so do slopes of slopes at a tie", () => {
  // q(1 − q) of a lead of 104 is e^-104, from mpmath.
  const slope = names.grad((row: names.Tensor) => names.softmax(row).pick(0));
  const [own, other] = slope(names.tensor([58.5, -45.5])).data;
  expect(steps(own!, 6.813556821545299e-46)).toBeLessThanOrEqual(4);
  expect(other).toBe(-own!);
  const bend = names.hessian((row: names.Tensor) => names.softmax(row).pick(0));
  // ∂²q₁/∂z² of three equal logits: q(1 − q)(1 − 2q) and so on.
  const exact = [2, -1, -1, -1, -1, 2, -1, 2, -1].map((n) => n / 27);
  bend(names.tensor([1, 1, 1])).data.forEach((each, i) => {
    expect(each).toBeCloseTo(exact[i]!, 15);
  });
});

test("a condition of float64 decides between float32 without widening them", () => {
  const [yes, no] = [
    [1, 2, 3],
    [4, 5, 6],
  ].map((row) => names.tensor(row, { dtype: "float32" }));
  const taken = names.where(names.tensor([1e-300, 0, -2]), yes!, no!);
  expect([taken.dtype, taken.toArray()]).toEqual(["float32", [1, 5, 3]]);
});

test("the slope of expm1 has its digits where expm1 itself is -1", () => {
  const slope = names.grad((x) => names.expm1(x).sum());
  const [far, near] = slope(names.tensor([-50, 1e-20])).toArray() as number[];
  expect(steps(far!, Math.exp(-50))).toBeLessThanOrEqual(4);
  expect(near).toBe(1);
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
