import { describe, expect, test } from "vitest";
import {
  compile,
  defineOperation,
  grad,
  hessian,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../src/engine/index.ts";

const scaledCube = defineOperation<readonly [Tensor, Tensor]>({
  name: "scaled cube",
  compute: (y, [x, k]) => y.set(x!.map((each, i) => each ** 3 * k![i]!)),
  back: [(g, [x, k]) => g.mul(x.square()).mul(k).mul(3), (g, [x]) => g.mul(x.pow(3))],
});

describe("an operation of one's own", () => {
  test("is given every number of operands that are repeated, and its gradients are added up", () => {
    expect(
      scaledCube(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 10],
      ).toArray(),
    ).toEqual([
      [1, 80],
      [27, 640],
    ]);
    const slope = grad((k: Tensor) =>
      scaledCube(
        [
          [1, 2],
          [3, 4],
        ],
        k,
      ).sum(),
    );
    expect(slope(tensor([1, 10])).toArray()).toEqual([28, 72]);
    const single = grad((k: Tensor) => scaledCube([1, 2], k).sum());
    expect(single(tensor(5)).item()).toBe(9);
  });

  test("has second derivatives, as its way back is made of operations", () => {
    const bend = hessian((x: Tensor) => scaledCube(x, 2).sum());
    expect(bend(tensor([1, 3])).toArray()).toEqual([
      [12, 0],
      [0, 36],
    ]);
  });

  test("of float32 is float32, of both kinds float64", () => {
    const narrow = tensor([0.1], { dtype: "float32" });
    expect(scaledCube(narrow, narrow).dtype).toBe("float32");
    expect(scaledCube(narrow, tensor([1])).dtype).toBe("float64");
    expect(grad((x: Tensor) => scaledCube(x, tensor([1])).sum())(narrow).dtype).toBe("float32");
  });

  test("gives the same numbers when it is compiled, on other arguments than it was watched with", () => {
    const both = valueAndGrad((x: Tensor) => scaledCube(x.mul(2), [1, 2, 3]).exp().sum());
    const compiled = compile(both);
    compiled(tensor([1, 0.5, 0.25]));
    const [ours, theirs] = [compiled, both].map((f) => f(tensor([0.3, -0.2, 0.1])));
    expect(compiled.obstacle).toBeUndefined();
    expect(ours!.value.item()).toBe(theirs!.value.item());
    expect(ours!.gradient.toArray()).toEqual(theirs!.gradient.toArray());
  });

  test("may have a shape of its own", () => {
    const lengths = defineOperation<readonly [Tensor]>({
      name: "lengths",
      shape: (rows) => rows!.slice(0, -1),
      compute: (result, [rows], [shape]) => {
        const width = shape!.at(-1)!;
        for (let i = 0; i < result.length; i++)
          result[i] = Math.hypot(...rows!.subarray(i * width, (i + 1) * width));
      },
      back: [
        (g, [rows], y) =>
          g
            .reshape([-1, 1])
            .mul(rows)
            .div(y.reshape([-1, 1])),
      ],
    });
    expect(
      lengths([
        [3, 4],
        [5, 12],
      ]).toArray(),
    ).toEqual([5, 13]);
    expect(grad((x: Tensor) => lengths(x).sum())(tensor([[3, 4]])).toArray()).toEqual([[0.6, 0.8]]);
  });

  test("names itself where shapes do not fit", () => {
    expect(() => scaledCube([1, 2], [1, 2, 3])).toThrow(/scaled cube/);
  });
});
