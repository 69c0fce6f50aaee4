import { describe, expect, test } from "vitest";
import { compile, concat, grad, hessian, type Tensor, tensor } from "../../src/engine/index.ts";

describe("numbers of both precisions", () => {
  const wide = tensor([1, 2]);
  const narrow = tensor([1, 2], { dtype: "float32" });
  const mixed: Record<string, (x: Tensor) => Tensor> = {
    "a product with wider numbers": (x) =>
      x
        .mul(tensor([2, 3]))
        .square()
        .sum(),
    "wider numbers behind": (x) =>
      concat([x, tensor([3])])
        .square()
        .sum(),
    "a change of precision": (x) => tensor(x, { dtype: "float32" }).square().sum(),
    "another shape": (x) =>
      tensor(x, { shape: [2, 1] })
        .square()
        .sum(),
  };

  test.each(Object.entries(mixed))("%s lets first and second derivatives pass", (_, f) => {
    for (const x of [wide, narrow]) {
      expect(grad(f)(x).dtype).toBe(x.dtype);
      expect(grad(f)(x).toArray()).toEqual(grad(f)(wide).toArray());
      expect(hessian(f)(x).toArray()).toEqual(hessian(f)(wide).toArray());
    }
    expect((hessian(f)(wide).toArray() as number[][])[0]![0]).toBeGreaterThan(0);
  });

  test("a compiled function changes the precision of other numbers, too", () => {
    const f = compile((x: Tensor) => tensor(x.mul(1 / 3), { dtype: "float32" }));
    expect([f(wide), f(tensor([7, 8]))].map((y) => y.toArray())).toEqual(
      [
        [1, 2],
        [7, 8],
      ].map((row) => row.map((x) => Math.fround(x * (1 / 3)))),
    );
    expect(f.obstacle).toBeUndefined();
  });
});
