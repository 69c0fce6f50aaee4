import fc from "fast-check";
import { compile, derivative, parse } from "mathjs";
import { describe, expect, test } from "vitest";
import { grad, type Loss, type Tensor, tensor } from "../../src/index.ts";
import { argumentsOf, losses, targetsOf } from "./every.ts";

const valueAt = (loss: Loss, x: number, y: number) =>
  loss.value(tensor([x]), tensor([y])).data[0] as number;
const slope = (loss: Loss, y: number) =>
  grad((x: Tensor) => loss.value(x, tensor([y])).sum()) as (x: Tensor) => Tensor;
const bend = (loss: Loss, y: number) => grad((x: Tensor) => slope(loss, y)(x).sum());

/** Holds at random arguments and targets. */
const holds = (loss: Loss, law: (x: number, y: number) => void) =>
  fc.assert(fc.property(argumentsOf(loss), targetsOf(loss), law), { seed: 7 });

/** Agreement of two numbers to a share of the larger, or absolutely below 1. */
function agree(left: number, right: number, tolerance: number): void {
  if (left === right) return; // both may be Infinity
  const scale = Math.max(1, Math.abs(left), Math.abs(right));
  expect(Math.abs(left - right) / scale).toBeLessThan(tolerance);
}

/** Where a difference quotient can be trusted: its step, and the slope with the error it has. */
function difference(f: (x: number) => number, x: number) {
  const h = 1e-3 * Math.max(0.5, Math.min(1, Math.abs(x)));
  // Fourth order: the truncation is h⁴ f⁽⁵⁾/30, the rounding ε·f/h.
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

describe.each(losses.map((loss) => [loss.name, loss.parameters, loss] as const))(
  "%s %j",
  (_, __, loss) => {
    const inside = (x: number) => loss.argument !== "probability" || (x > 0.02 && x < 0.98);

    test("its gradient by hand is the engine's, to 12 digits", () =>
      holds(loss, (x, y) =>
        agree(slope(loss, y)(tensor([x])).data[0]!, loss.gradient(x, y), 1e-12),
      ));

    test("its gradient by hand is the slope of its value", () =>
      holds(loss, (x, y) => {
        fc.pre(inside(x) && x - 2e-3 > (loss.argument === "rate" ? 0.5 : -Infinity));
        fc.pre(loss.seams.every((seam) => Math.abs(x - seam) > 2.1e-3));
        agree(
          difference((u) => valueAt(loss, u, y), x),
          loss.gradient(x, y),
          1e-7,
        );
      }));

    test("its curvature by hand is the engine's second derivative, to 10 digits", () =>
      holds(loss, (x, y) =>
        agree(bend(loss, y)(tensor([x])).data[0]!, loss.curvature(x, y), 1e-10),
      ));

    test("its curvature by hand is the slope of its gradient", () =>
      holds(loss, (x, y) => {
        fc.pre(inside(x) && x - 2e-3 > (loss.argument === "rate" ? 0.5 : -Infinity));
        fc.pre(loss.seams.every((seam) => Math.abs(x - seam) > 2.1e-3));
        agree(
          difference((u) => loss.gradient(u, y), x),
          loss.curvature(x, y),
          1e-6,
        );
      }));

    test("its formula, evaluated by mathjs, is its value; differentiated, its gradient", () =>
      holds(loss, (x, y) => {
        const scope = { ...loss.parameters, [letters[loss.argument]!]: x, y };
        const piece = loss.formula.find(
          ({ where }) => where === undefined || compile(where).evaluate(scope),
        );
        agree(parse(piece!.value).evaluate(scope), valueAt(loss, x, y), 1e-9);
        const symbolic = differentiable(piece!.value, letters[loss.argument]!);
        if (symbolic !== undefined) agree(symbolic.evaluate(scope), loss.gradient(x, y), 1e-7);
      }));

    test("it is convex exactly when it says so", () => {
      const above = (a: number, b: number, y: number) => {
        const chord = (valueAt(loss, a, y) + valueAt(loss, b, y)) / 2;
        return valueAt(loss, (a + b) / 2, y) > chord + 1e-9 * Math.max(1, Math.abs(chord));
      };
      const chords = fc.tuple(argumentsOf(loss), argumentsOf(loss), targetsOf(loss));
      const found = fc.sample(chords, { numRuns: 2000, seed: 7 }).some((c) => above(...c));
      expect(found).toBe(!loss.convex);
    });

    test("its gradient or its curvature jumps at every seam", () => {
      for (const seam of loss.seams) {
        const jumps = (f: (x: number, y: number) => number) =>
          [0, 1].some((y) => Math.abs(f(seam + 1e-9, y) - f(seam - 1e-9, y)) > 1e-3);
        expect(jumps(loss.gradient) || jumps(loss.curvature)).toBe(true);
      }
    });

    test("neither its gradient nor its curvature jumps anywhere else", () => {
      // Seen from far away only a jump stays when the step shrinks.
      const y = 1;
      const { argument } = loss.curve({ points: 2001 });
      argument.slice(1).forEach((x, i) => {
        const left = argument[i]!;
        if (loss.seams.some((seam) => seam >= left && seam <= x)) return;
        const [middle, width] = [(left + x) / 2, x - left];
        for (const f of [loss.gradient, loss.curvature]) {
          const across = (share: number) =>
            Math.abs(f(middle + share * width, y) - f(middle - share * width, y));
          expect(across(0.005)).toBeLessThanOrEqual(
            0.2 * across(0.5) + 1e-9 * Math.abs(f(x, y)) + 1e-9,
          );
        }
      });
    });

    test("it is never steeper than it says, and comes as near to that as one likes", () => {
      let steepest = 0;
      holds(loss, (x, y) => {
        steepest = Math.max(steepest, Math.abs(loss.gradient(x, y)));
      });
      for (const x of extremes(loss))
        for (const y of [0, 1]) steepest = Math.max(steepest, Math.abs(loss.gradient(x, y)));
      expect(steepest).toBeLessThanOrEqual(loss.steepest * (1 + 1e-15));
      expect(steepest).toBeGreaterThan(Math.min(loss.steepest, 50) * 0.99);
    });

    test("its value and gradients stay numbers at extreme arguments", () => {
      for (const x of extremes(loss)) {
        for (const y of [0, 1]) {
          const target = loss.argument === "margin" ? 1 : y;
          expect(valueAt(loss, x, target)).not.toBeNaN();
          expect(slope(loss, target)(tensor([x])).data[0]).not.toBeNaN();
          agree(slope(loss, target)(tensor([x])).data[0]!, loss.gradient(x, target), 1e-12);
          expect(loss.curvature(x, target)).not.toBeNaN();
        }
      }
    });

    test("it can be drawn: value, gradient and curvature along its argument", () => {
      const { argument, value, gradient, curvature } = loss.curve({ points: 5, target: 1 });
      expect(value).toEqual(argument.map((x) => valueAt(loss, x, 1)));
      expect([gradient.length, curvature.length]).toEqual([5, 5]);
    });

    test("it has a name and a dated source", () => {
      expect(loss.name).toMatch(/^[A-Z]/);
      expect(loss.source).toMatch(/\(\d{4}\)/);
    });
  },
);

/** What a formula calls its argument. */
const letters: Partial<Record<Loss["argument"], string>> = {
  residual: "r",
  margin: "m",
  probability: "p",
  logit: "z",
  rate: "mu",
  "log rate": "z",
  distance: "d",
};

/** Arguments as large as users meet. */
function extremes(loss: Loss): number[] {
  if (loss.argument === "probability") return [0, 1e-300, 1e-16, 1 - 1e-16, 1];
  if (loss.argument === "rate" || loss.argument === "distance") return [1e-300, 1e-16, 1e3, 1e6];
  const signed = [1e-300, 1e-16, 1, 37, 745, 1e3, 1e6];
  return [0, ...signed, ...signed.map((x) => -x)].filter((x) => !loss.seams.includes(x));
}

/** The derivative of a formula, where mathjs can take it (it cannot through max, sign or `?:`). */
function differentiable(formula: string, letter: string) {
  try {
    return derivative(formula, letter);
  } catch (error) {
    expect(formula).toMatch(/max|log1p|expm1/);
    expect(String(error)).toMatch(/Cannot|not supported|No derivative/i);
    return undefined;
  }
}
