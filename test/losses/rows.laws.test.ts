import fc from "fast-check";
import { compile } from "mathjs";
import { describe, expect, test } from "vitest";
import { grad, type RowLoss, type Tensor, tensor } from "../../src/index.ts";
import { rowLosses, type Target } from "./everyRow.ts";

/** A loss whose target is whatever its own generator makes. */
type AnyRow = RowLoss<Target>;

const valueAt = (loss: AnyRow, row: readonly number[], t: Target) =>
  loss.value(tensor([row]), tensor([t])).data[0] as number;
const slope = (loss: AnyRow, t: Target) =>
  grad((row: Tensor) => loss.value(row.reshape([1, row.size]), tensor([t])).sum());

function agree(left: readonly number[], right: readonly number[], tolerance: number): void {
  const scale = Math.max(1, ...right.map(Math.abs));
  left.forEach((each, i) => {
    expect(Math.abs(each - right[i]!) / scale).toBeLessThan(tolerance);
  });
}

/** The slope of f along each entry of the row, by differences of fourth order. */
function differences(f: (row: number[]) => number, row: readonly number[]): number[] {
  return row.map((_, i) => {
    const h = 1e-3 * Math.min(1, Math.max(0.01, Math.abs(row[i]!)));
    const at = (step: number) => f(row.with(i, row[i]! + step * h));
    return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
  });
}

describe.each(
  rowLosses.map(
    (each) => [each.loss.name, each.loss.argument, each.loss.parameters, each] as const,
  ),
)("%s of %s %j", (_, __, ___, { loss: listed, rows, targets }) => {
  const loss = listed as unknown as AnyRow;
  const holds = (law: (row: number[], t: Target) => void) =>
    fc.assert(fc.property(rows, targets, law), { seed: 7, numRuns: 50 });

  test("its gradient by hand is the engine's, to 12 digits", () =>
    holds((row, t) => {
      agree([...slope(loss, t)(tensor(row)).data], loss.gradient(row, t), 1e-12);
    }));

  test("of float32 it is float32, and near its value in float64", () =>
    holds((row, t) => {
      const [r, wanted] = [row, t].map((each) => tensor([each], { dtype: "float32" }));
      const value = loss.value(r!, wanted!);
      expect(value.dtype).toBe("float32");
      agree([...value.data], [valueAt(loss, row, t)], 1e-4);
    }));

  test("its gradient by hand is the slope of its value", () =>
    holds((row, t) => {
      agree(
        differences((r) => valueAt(loss, r, t), row),
        loss.gradient(row, t),
        1e-6,
      );
    }));

  test("its curvature by hand is the engine's Hessian", () =>
    holds((row, t) => {
      const hessian = row.map((_, i) => [
        ...grad((r: Tensor) =>
          slope(
            loss,
            t,
          )(r)
            .slice(i, i + 1)
            .sum(),
        )(tensor(row)).data,
      ]);
      agree(hessian.flat(), loss.curvature(row, t).flat(), 1e-10);
    }));

  test("its curvature by hand is the slope of its gradient", () =>
    holds((row, t) => {
      const hessian = row.map((_, i) => differences((r) => loss.gradient(r, t)[i]!, row));
      agree(hessian.flat(), loss.curvature(row, t).flat(), 1e-6);
    }));

  test("its formula, evaluated by mathjs, is its value", () => {
    const formula = compile(loss.formula[0]!.value);
    holds((row, t) => {
      const scope = { ...loss.parameters, z: row, t, y: t };
      agree([formula.evaluate(scope)], [valueAt(loss, row, t)], 1e-9);
    });
  });

  test("it is convex exactly when it says so", () => {
    const ends = fc.sample(fc.tuple(rows, rows, targets), { numRuns: 1000, seed: 7 });
    const above = ends.map(([a, b, t]) => {
      const chord = (valueAt(loss, a, t) + valueAt(loss, b, t)) / 2;
      const middle = a.map((each, i) => (each + b[i]!) / 2);
      return (valueAt(loss, middle, t) - chord) / (1 + Math.abs(chord));
    });
    if (loss.convex) expect(Math.max(...above)).toBeLessThan(1e-12);
    else expect(Math.max(...above)).toBeGreaterThan(1e-6);
  });

  test("it is never steeper than it says", () =>
    holds((row, t) => {
      expect(Math.hypot(...loss.gradient(row, t))).toBeLessThanOrEqual(loss.steepest * (1 + 1e-12));
    }));

  test("it computes many rows as it computes each", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(rows, targets), { minLength: 2, maxLength: 4 }), (samples) => {
        const [prediction, target] = [samples.map(([row]) => row), samples.map(([, t]) => t)];
        const together = loss.value(tensor(prediction), tensor(target)).data;
        agree(
          [...together],
          samples.map(([row, t]) => valueAt(loss, row, t)),
          1e-14,
        );
      }),
      { seed: 7 },
    ));

  test("it can be drawn along a line", () => {
    const { argument, value, gradient, curvature } = loss.curve({ points: 301 });
    const h = argument[1]! - argument[0]!;
    const inner = argument.slice(2, -2).map((_, i) => i + 2);
    const bends = (i: number) => Math.abs(gradient[i + 1]! - gradient[i - 1]!) > 0.1;
    const smooth = inner.filter((i) => i % 25 === 0 && !bends(i));
    for (const i of smooth) {
      const numeric = (value[i + 1]! - value[i - 1]!) / (2 * h);
      expect(Math.abs(numeric - gradient[i]!)).toBeLessThan(0.01);
    }
    expect(curvature.length).toBe(301);
  });

  test("it has a name and a dated source", () => {
    expect(loss.name).toMatch(/^[A-Z]/);
    expect(loss.source).toMatch(/\(\d{4}\)/);
  });
});
