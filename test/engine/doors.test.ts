import { describe, expect, test } from "vitest";
import {
  argMax,
  argMin,
  compile,
  eye,
  full,
  grad,
  hvp,
  jvp,
  ones,
  random,
  type Tensor,
  tensor,
  zeros,
} from "../../src/engine/index.ts";

describe("argMax and argMin", () => {
  const table = [
    [3, 1, 2],
    [5, 5, 6],
    [-1, NaN, 9],
  ];
  test("give the first place of the extreme along each axis, and of all in one row", () => {
    expect(argMax(table, -1).toArray()).toEqual([0, 2, 1]);
    expect(argMin(table, 1).toArray()).toEqual([1, 0, 1]);
    expect(
      argMax(
        [
          [1, 5],
          [4, 5],
          [4, 2],
        ],
        0,
      ).toArray(),
    ).toEqual([1, 0]);
    expect([
      argMax([
        [1, 5],
        [5, 2],
      ]).item(),
      argMin([
        [1, 5],
        [0, 2],
      ]).item(),
    ]).toEqual([1, 2]);
    expect(argMax(tensor([2, 7], { dtype: "float32" })).item()).toBe(1);
  });

  test("are flat, are watched by compile, and refuse nothing", () => {
    expect(grad((x: Tensor) => x.argMax().mul(x).sum())(tensor([1, 4])).toArray()).toEqual([1, 1]);
    const best = compile((x: Tensor) => x.argMax(-1));
    expect([best(tensor([1, 2])), best(tensor([2, 1]))].map((at) => at.item())).toEqual([1, 0]);
    expect(() => argMax([])).toThrow(/at least one number/);
  });
});

describe("at", () => {
  const table = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  test("gives an entry without its axis, from either end, and its gradient back to its place", () => {
    expect(
      [table.at(1), table.at(-2), table.at(2, 1), table.at(0).at(-1)].map((t) => t.toArray()),
    ).toEqual([[4, 5, 6], [1, 2, 3], [3, 6], 3]);
    expect(grad((x: Tensor) => x.at(1).at(0).square())(table).toArray()).toEqual([
      [0, 0, 0],
      [8, 0, 0],
    ]);
  });

  test.each([2, -3, 0.5, NaN])("refuses %d of two", (index) => {
    expect(() => table.at(index)).toThrow(
      `at needs a whole index below 2 for axis 0 of shape [2,3], but got ${index}.`,
    );
  });
});

const pair = tensor([1, 2]);
describe("what is wrong is said at the door", () => {
  test.each([
    [
      () => zeros(3 as never),
      /zeros needs a shape, .* but got 3\.\nHint: \[3\] is a list of three/,
    ],
    [() => ones([-1]), /ones needs a shape, .* but got \[-1\]/],
    [() => full(7 as never, [2] as never), /full needs a shape, .* but got 7/],
    [() => eye(1.5), /eye needs a shape, .* but got \[1.5\]/],
    [() => random(1).normal(3 as never), /random needs a shape, .* but got 3/],
    [() => pair.reshape(2 as never), /reshape needs a shape, .* but got 2/],
    [() => tensor([1], { dtype: "int32" as never }), /dtype must be "float64" or "float32"/],
    [() => tensor([1], { type: "float32" } as never), /tensor has no option type/],
    [() => tensor([1, true as never]), /holds numbers, but entry \[1\] is a boolean/],
    [() => pair.max({ axis: 0, keepdims: true } as never), /max has no option keepdims/],
    [() => pair.sum([0, 1] as never), /sum takes its options by their names, but got \[0,1\]/],
    [
      () =>
        grad(((x: Tensor) => {
          x.square();
        }) as never)(2 as never),
      /returned nothing\.\nHint: with braces a function needs the word return/,
    ],
  ])("%s", (run, message) => {
    expect(run).toThrow(message);
  });
});

test("beside a tensor a direction may be a plain list", () => {
  const f = (x: Tensor) => x.pow(3).sum();
  expect(hvp(f)(tensor([1, 2]), [1, 0]).toArray()).toEqual([6, 0]);
  expect(jvp(f)(tensor([1, 2]), [1, 1]).tangent.item()).toBe(15);
  expect(() => hvp(f)(tensor([1, 2]), [1, 0, 0])).toThrow(/direction 0 shaped like parameter 0/);
});
