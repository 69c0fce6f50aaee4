import { describe, expect, test } from "vitest";
import {
  bce,
  compile,
  grad,
  hinge,
  mae,
  mse,
  ShapeError,
  sparseCategoricalCrossEntropy,
  type Tensor,
  tensor,
} from "../../src/index.ts";

import { thumbnail } from "../../src/losses/thumbnail.ts";

const numbersOf = (value: { toArray(): unknown }) => value.toArray();

describe("reductions and weights", () => {
  const [prediction, target] = [tensor([1, 2, 3]), tensor([0, 0, 0])];

  test("none keeps one loss for each sample, sum adds them, mean averages", () => {
    expect(numbersOf(mse({ reduction: "none" })(prediction, target))).toEqual([1, 4, 9]);
    expect(mse({ reduction: "sum" })(prediction, target).item()).toBe(14);
    expect(mse()(prediction, target).item()).toBe(14 / 3);
  });

  test("a sample of weight 2 counts as the same sample twice", () => {
    const twice = mse()([1, 2, 2, 3], [0, 0, 0, 0]).item();
    expect(mse()(prediction, target, [1, 2, 1]).item()).toBeCloseTo(twice, 14);
  });

  test("doubling all weights doubles the sum and leaves the mean", () => {
    const of = (reduction: "mean" | "sum", weights: number[]) =>
      mse({ reduction })(prediction, target, weights).item();
    expect(of("mean", [2, 4, 6])).toBeCloseTo(of("mean", [1, 2, 3]), 14);
    expect(of("sum", [2, 4, 6])).toBe(2 * of("sum", [1, 2, 3]));
  });

  test("a single number may stand on either side", () => {
    expect(mae()(2, [1, 2, 3]).item()).toBeCloseTo(2 / 3, 14);
    expect(mae()([1, 2, 3], 2).item()).toBeCloseTo(2 / 3, 14);
  });

  test.each([
    [[1, -1, 1], "weights[1] is -1"],
    [[1, Number.NaN, 1], "weights[1] is NaN"],
    [[0, 0, 0], "needs one weight above 0"],
  ])("weights %j are refused", (weights, message) => {
    expect(() => mse()(prediction, target, weights)).toThrow(message);
  });

  test("arrays take the kind of the tensor beside them, as in all operations", () => {
    const single = tensor([0.25, 0.5], { dtype: "float32" });
    expect(mse()(single, [0, 1]).dtype).toBe("float32");
    expect(mse()([0, 1], single).dtype).toBe("float32");
    expect(mse()(single, [0, 1], [1, 2]).dtype).toBe("float32");
    expect(mse()(single, tensor([0, 1])).dtype).toBe("float64");
    const rows = tensor([[0.25, 0.5]], { dtype: "float32" });
    expect(sparseCategoricalCrossEntropy()(rows, [1], [2]).dtype).toBe("float32");
    const weighted = sparseCategoricalCrossEntropy({ classWeights: [1, 2], ignoreIndex: 7 });
    expect(weighted(rows, [1]).dtype).toBe("float32");
    expect(mse()([0.25], [0]).dtype).toBe("float64");
  });

  test("weights of another shape are refused", () => {
    expect(() => mse()(prediction, target, [1, 2])).toThrow(ShapeError);
    expect(() => mse()(prediction, target, [[1], [2], [3]])).toThrow(ShapeError);
  });

  test("a column of weights counts all losses of each row", () => {
    const [rows, wanted] = [
      tensor([
        [1, 2],
        [3, 5],
      ]),
      tensor([
        [0, 0],
        [0, 0],
      ]),
    ];
    const column = [[1], [3]];
    const each = [
      [1, 1],
      [3, 3],
    ];
    for (const reduction of ["mean", "sum", "none"] as const)
      expect(mse({ reduction })(rows, wanted, column).toArray()).toEqual(
        mse({ reduction })(rows, wanted, each).toArray(),
      );
    const narrow = tensor(
      [
        [1, 2],
        [3, 5],
      ],
      { dtype: "float32" },
    );
    expect(
      mse()(
        narrow,
        [
          [0, 0],
          [0, 0],
        ],
        column,
      ).dtype,
    ).toBe("float32");
    expect(() => mse()(rows, wanted, [[1, 3]])).toThrow(ShapeError);
    expect(() => mse()(rows, wanted, [1, 3])).toThrow(
      "Hint: a column [samples, 1] counts whole rows",
    );
  });
});

describe("what does not fit is refused in the caller's words", () => {
  test("[n, 1] against [n], with the reason and the remedy", () => {
    const column = tensor([[1], [2], [3]]);
    const attempt = () => mse()(column, [1, 2, 3]);
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow("9 pairs instead of 3");
    expect(attempt).toThrow("Hint: prediction.reshape([3]), or target.reshape([3,1]).");
    expect(() => mse()([1, 2, 3], column)).toThrow("[3] and [3,1]: 1 axis against 2");
    expect(() => mse()([1, 2, 3], column)).toThrow("Hint: prediction.reshape([3,1])");
  });

  test("a table against its transpose, which no operation would broadcast", () => {
    const wide = tensor([1, 2, 3, 4, 5, 6], { shape: [2, 3] });
    const attempt = () => mse()(wide, wide.transpose());
    expect(attempt).toThrow("Hint: rows and columns are swapped: prediction.transpose().");
    expect(attempt).not.toThrow("pairs");
    expect(() => mse()(wide, wide.reshape([6]))).toThrow(/2 axes against 1\.\nHint: prediction/);
  });

  test("other shapes, naming both and where they differ", () => {
    expect(() =>
      mse()(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ),
    ).toThrow("[2,2] and [2,3]: they differ on axis 1, 2 against 3");
    expect(() => mse()([1, 2], [1, 2, 3])).toThrow("they differ on axis 0, 2 against 3");
  });

  test("no sample at all", () => {
    expect(() => mse()([], [])).toThrow("needs at least one sample");
  });

  test("NaN, by row and column, on either side, for each reduction", () => {
    const bad = [
      [1, 2],
      [3, Number.NaN],
    ];
    const good = [
      [1, 2],
      [3, 4],
    ];
    for (const reduction of ["mean", "sum", "none"] as const) {
      expect(() => mse({ reduction })(bad, good)).toThrow("prediction in row 1, column 1 is NaN");
      expect(() => mse({ reduction })(good, bad)).toThrow("target in row 1, column 1 is NaN");
    }
  });

  test("infinities that cancel to NaN", () => {
    expect(() => mse()([Infinity], [Infinity])).toThrow("prediction[0] is Infinity");
  });

  test("data where options belong", () => {
    // @ts-expect-error the mistake itself
    const attempt = () => mse(tensor([1, 2]), tensor([1, 2]));
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(
      "it was given a tensor of shape [2].\nHint: mse()(prediction, target).",
    );
    // @ts-expect-error the mistake itself
    expect(() => mae([1, 2])).toThrow("it was given an array of numbers");
    // @ts-expect-error the mistake itself
    expect(() => mae(3)).toThrow("it was given 3");
  });

  test("options that do not exist", () => {
    // @ts-expect-error the mistake itself
    expect(() => mse({ reductoin: "sum" })).toThrow("mse has no option reductoin");
    // @ts-expect-error the mistake itself
    expect(() => mse({ reduction: "average" })).toThrow(
      'reduction must be "mean", "sum" or "none", but it is "average"',
    );
  });

  test("a curve of one point", () => {
    expect(() => mse().curve({ points: 1 })).toThrow("at least 2 points");
  });
});

test("a loss shows its formula in TeX and its facts in words", async () => {
  const show = (mse() as unknown as Record<symbol, () => Promise<Record<string, string>>>)[
    Symbol.for("Jupyter.display")
  ]!;
  const bundle = await show();
  expect(bundle["text/markdown"]).toContain("$$\\ell = { r}^{2}$$");
  expect(bundle["text/markdown"]).toMatch(
    /!\[Squared error over the residual\]\(data:image\/svg\+xml;base64,[\w+/=]+\)/,
  );
  expect(bundle["text/plain"]).toContain("Squared error, of the residual\n  r^2\nConvex");
});

test.each(Object.entries({ mse: mse(), hinge: hinge(), bce: bce() }))(
  "the small picture of %s stays in its frame",
  (_name, loss) => {
    const points = /points="([^"]+)"/.exec(thumbnail(loss.curve({ points: 61 })))![1]!.split(" ");
    expect(points.length).toBeGreaterThan(50);
    for (const point of points) {
      const [x, y] = point.split(",").map(Number) as [number, number];
      expect(x >= 5 && x <= 235 && y >= 5 && y <= 85, point).toBe(true);
    }
  },
);

test("a loss is named as its facts name it", () => {
  expect(mse().name).toBe("Squared error");
});

test("its checks do not stand in the way of compile", () => {
  const target = tensor([1, -1]);
  const slope = compile(grad((x: Tensor) => hinge()(x.mul(2), target)));
  expect([...slope(tensor([0.25, 1])).data]).toEqual([-1, 1]);
  expect([...slope(tensor([3, 1])).data]).toEqual([-0, 1]);
  expect(slope.obstacle).toBeUndefined();
});
