import { describe, expect, test } from "vitest";
import { maeGrad, mseGrad } from "../../notebooks/exercises/02-squared-and-absolute-error.ts";

type Grad = typeof mseGrad.solution;
type Line = Parameters<Grad>[0];
type Batch = Parameters<Grad>[1];

const residual = ({ w, b }: Line, { x, y }: Batch, i: number) => w * x[i]! + b - y[i]!;

/** A gradient as a learner would loop for it: `pull` says how hard sample i pulls. */
const looped =
  (pull: (r: number, n: number) => number): Grad =>
  (line, batch) => {
    const slope = { w: 0, b: 0 };
    batch.x.forEach((x, i) => {
      const each = pull(residual(line, batch, i), batch.x.length);
      slope.w += each * x;
      slope.b += each;
    });
    return slope;
  };

/** Forgets all samples but one. */
const only =
  (grad: Grad, index: number): Grad =>
  (line, { x, y }) => {
    const one = grad(line, { x: [x.at(index)!], y: [y.at(index)!] });
    return { w: one.w / x.length, b: one.b / x.length };
  };

const changed =
  (grad: Grad, change: (slope: Line) => Line): Grad =>
  (line, batch) =>
    change(grad(line, batch));

let kept = { w: 0, b: 0 };
const neverReset: Grad = (line, batch) => {
  const { w, b } = mseGrad.solution(line, batch);
  kept = { w: kept.w + w, b: kept.b + b };
  return kept;
};

describe("mseGrad tells what is wrong with", () => {
  test.each<[string, unknown, RegExp]>([
    ["the wrong sign", looped((r, n) => (-2 * r) / n), /sign/],
    ["a missing 2", looped((r, n) => r / n), /half|factor 2|2 is missing|½/i],
    ["a doubled slope", looped((r, n) => (4 * r) / n), /twice|doubl/i],
    ["a sum for a mean", looped((r) => 2 * r), /sum|mean|number of samples|divide/i],
    ["a mean taken twice", looped((r, n) => (2 * r) / n / n), /divide|once too often|mean/i],
    ["= for +=", only(mseGrad.solution, -1), /last sample|overwrit|\+=/i],
    ["only the first sample", only(mseGrad.solution, 0), /first sample|one sample|return/i],
    ["b never set", changed(mseGrad.solution, ({ w }) => ({ w, b: 0 })), /\bb\b.*(never|zero|0)/i],
    ["w never set", changed(mseGrad.solution, ({ b }) => ({ w: 0, b })), /\bw\b.*(never|zero|0)/i],
    [
      "swapped slopes",
      changed(mseGrad.solution, ({ w, b }) => ({ w: b, b: w })),
      /swap|exchang|order/i,
    ],
    ["an earlier call's sum", neverReset, /earlier call/],
    ["a missing x", mseGrad.mistakes[0]!.attempt, /missing the factor x/],
    ["the square itself", mseGrad.mistakes[1]!.attempt, /squared residual itself/],
    ["a lost sign of r", mseGrad.mistakes[2]!.attempt, /lost its sign/],
    ["no return", () => undefined, /return/],
    ["a list", () => [1, 2], /a record with w, b is expected/],
    ["a misspelt name", () => ({ w: 1, B: 2 }), /nothing at b; a number belongs there/],
    ["NaN", () => ({ w: Number.NaN, b: 0 }), /NaN/],
    ["a string", () => ({ w: "1", b: 0 }), /number/],
    ["a shifted batch", (_: Line, batch: Batch) => ({ w: batch.x.shift(), b: 0 }), /chang/i],
  ])("%s", (_, attempt, sentence) => {
    const feedback = mseGrad(attempt as Grad);
    expect(feedback.verdict).toBe("not yet");
    expect(feedback.says).toMatch(sentence);
  });
});

describe("maeGrad tells what is wrong with", () => {
  const sign = Math.sign;
  test.each<[string, Grad, RegExp]>([
    ["the wrong sign", looped((r, n) => -sign(r) / n), /sign/],
    ["a sum for a mean", looped((r) => sign(r)), /sum|mean|number of samples|divide/i],
    ["a slope of 2", looped((r, n) => (2 * sign(r)) / n), /twice|doubl/i],
    ["= for +=", only(maeGrad.solution, -1), /last sample|overwrit|\+=/i],
    ["b never set", changed(maeGrad.solution, ({ w }) => ({ w, b: 0 })), /\bb\b.*(never|zero|0)/i],
    ["a missing x", maeGrad.mistakes[0]!.attempt, /missing the factor x/],
    ["the residual for its sign", maeGrad.mistakes[1]!.attempt, /only the sign of the residual/],
    [
      "the other lesson's answer",
      maeGrad.mistakes[2]!.attempt,
      /gradient of the mean squared error/,
    ],
  ])("%s", (_, attempt, sentence) => {
    const feedback = maeGrad(attempt);
    expect(feedback.verdict).toBe("not yet");
    expect(feedback.says).toMatch(sentence);
  });

  test("two right answers written differently", () => {
    const ternary = looped((r, n) => (r > 0 ? 1 : r < 0 ? -1 : 0) / n);
    expect(maeGrad(ternary).verdict).toBe("solved");
  });
});
