import fc from "fast-check";
import { compile, derivative } from "mathjs";
import { describe, expect, test } from "vitest";
import { full, grad, type Loss, linspace, type Tensor, tensor } from "../../src/index.ts";
import { argumentsOf, domains, losses, targetsOf } from "./every.ts";

const valueAt = (loss: Loss, x: number, y: number) =>
  loss.value(tensor([x]), tensor([y])).data[0] as number;
const single = (numbers: number[]) => tensor(numbers, { dtype: "float32" });
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

/** The slope of f by differences of fourth order, with a step that stays within the domain. */
function difference(f: (x: number) => number, x: number, room: number): number {
  const h = 1e-3 * Math.min(1, room);
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

/** How far x is from where its loss ends or has a seam. */
function roomAt(loss: Loss, x: number): number {
  const ends = { probability: [0, 1], rate: [0], amount: [0], distance: [0] } as Record<
    string,
    number[]
  >;
  const edges = [...(ends[loss.argument] ?? []), ...loss.seams];
  return Math.min(...edges.map((edge) => Math.abs(x - edge)), Infinity);
}

describe.each(losses.map((loss) => [loss.name, loss.parameters, loss] as const))(
  "%s %j",
  (_, __, loss) => {
    test("its gradient by hand is the engine's, to 12 digits", () =>
      holds(loss, (x, y) =>
        agree(slope(loss, y)(tensor([x])).data[0]!, loss.gradient(x, y), 1e-12),
      ));

    test("of float32 it is float32, and near its value in float64", () =>
      holds(loss, (x, y) => {
        const value = loss.value(single([x]), single([y]));
        expect(value.dtype).toBe("float32");
        agree(value.data[0]!, valueAt(loss, Math.fround(x), Math.fround(y)), 1e-5);
      }));

    test("its gradient by hand is the slope of its value", () =>
      holds(loss, (x, y) => {
        const numeric = difference((u) => valueAt(loss, u, y), x, roomAt(loss, x));
        agree(numeric, loss.gradient(x, y), 1e-7);
      }));

    test("its curvature by hand is the engine's second derivative, to 10 digits", () =>
      holds(loss, (x, y) =>
        agree(bend(loss, y)(tensor([x])).data[0]!, loss.curvature(x, y), 1e-10),
      ));

    test("its curvature by hand is the slope of its gradient", () =>
      holds(loss, (x, y) => {
        const numeric = difference((u) => loss.gradient(u, y), x, roomAt(loss, x));
        agree(numeric, loss.curvature(x, y), 1e-7);
      }));

    test("its formula, evaluated by mathjs, is its value; differentiated, its gradient", () => {
      const letter = letters[loss.argument]!;
      const pieces = loss.formula.map(({ where, value }) => ({
        applies: compile(where ?? "true"),
        formula: compile(value),
        slope: differentiable(value, letter),
      }));
      holds(loss, (x, y) => {
        const scope = { ...loss.parameters, [letter]: x, y };
        const piece = pieces.find(({ applies }) => applies.evaluate(scope))!;
        agree(piece.formula.evaluate(scope), valueAt(loss, x, y), 1e-9);
        agree(piece.slope.evaluate(scope), loss.gradient(x, y), 1e-7);
      });
    });

    test("it is convex exactly when it says so", () => {
      const above = chordsOf(loss).map(([a, b, y]) => {
        const chord = loss.value(a, y).add(loss.value(b, y)).div(2);
        const middle = loss.value(a.add(b).div(2), y);
        return middle.sub(chord).div(chord.abs().add(1)).max().item();
      });
      if (loss.convex) expect(Math.max(...above)).toBeLessThan(1e-12);
      else expect(Math.max(...above)).toBeGreaterThan(1e-6);
    });

    test("its gradient or its curvature jumps at every seam", () => {
      for (const seam of loss.seams) {
        const jumps = (f: (x: number, y: number) => number) =>
          [0, 1].some((y) => Math.abs(f(seam + 1e-9, y) - f(seam - 1e-9, y)) > 1e-3);
        expect(jumps(loss.gradient) || jumps(loss.curvature)).toBe(true);
      }
    });

    test("neither its gradient nor its curvature jumps anywhere else", () => {
      const y = 1;
      const { argument } = loss.curve({ points: 1001 });
      const jumps = argument.slice(1).filter((right, i) => {
        const left = argument[i]!;
        if (loss.seams.some((seam) => seam >= left && seam <= right)) return false;
        const [middle, width] = [(left + right) / 2, right - left];
        return [loss.gradient, loss.curvature].some((f) => {
          // Only a jump stays when the step shrinks a hundredfold.
          const across = (share: number) =>
            Math.abs(f(middle + share * width, y) - f(middle - share * width, y));
          return across(0.005) > 0.2 * across(0.5) + 1e-9 * (1 + Math.abs(f(right, y)));
        });
      });
      expect(jumps).toEqual([]);
    });

    test("it is never steeper than it says, and comes as near to that as one likes", () => {
      const [from, to] = loss.argument === "probability" ? [0.001, 0.999] : [0.001, 60];
      const { argument } = loss.curve({ from, to, points: 6001 });
      const mirrored = ["probability", "rate", "amount", "distance"].includes(loss.argument)
        ? []
        : argument.map((x) => -x);
      const slopes = [...argument, ...mirrored, ...extremes(loss)].flatMap((x) =>
        (steepTargets[loss.targets] ?? [0, 1]).map((y) => Math.abs(loss.gradient(x, y))),
      );
      const steepest = slopes.reduce((most, each) => Math.max(most, each));
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

/** All pairs of 61 points, over a wide range and over a narrow one, for each kind of target. */
function chordsOf(loss: Loss): [Tensor, Tensor, Tensor][] {
  const { min, max } = domains[loss.argument] ?? { min: -30, max: 30 };
  const targets = {
    numbers: [0],
    signs: [-1, 1],
    bits: [0, 1],
    shares: [0, 0.3, 1],
    counts: [0, 7],
    amounts: [0, 7],
  };
  return [1, 0.1].flatMap((part) => {
    const from = min < 0 ? part * min : min;
    const points = linspace(from, from + part * (max - min), 61);
    const first = points.reshape([61, 1]).spreadTo([61, 61]);
    const second = points.spreadTo([61, 61]);
    return targets[loss.targets].map((y): [Tensor, Tensor, Tensor] => [
      first,
      second,
      full([61, 61], y),
    ]);
  });
}

/** What a formula calls its argument. */
const letters: Partial<Record<Loss["argument"], string>> = {
  residual: "r",
  "relative residual": "r",
  margin: "m",
  probability: "p",
  logit: "z",
  rate: "mu",
  "log rate": "z",
  amount: "a",
  distance: "d",
};

/** Targets among which a loss is as steep as it gets. */
const steepTargets: Partial<Record<Loss["targets"], number[]>> = {
  signs: [-1, 1],
  amounts: [0, 1e30],
};

/** Arguments as large as users meet. */
function extremes(loss: Loss): number[] {
  if (loss.argument === "probability") return [0, 1e-300, 1e-16, 1 - 1e-16, 1];
  if (["rate", "amount", "distance"].includes(loss.argument)) return [1e-300, 1e-16, 1e3, 1e6];
  const signed = [1e-300, 1e-16, 1, 37, 745, 1e3, 1e6];
  return [0, ...signed, ...signed.map((x) => -x)].filter((x) => !loss.seams.includes(x));
}

/** The derivative of a piece; mathjs can take it of every piece, though not through `?:` or max. */
const differentiable = (formula: string, letter: string) => derivative(formula, letter).compile();
