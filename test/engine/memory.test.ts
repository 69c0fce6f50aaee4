import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  compile,
  grad,
  random,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../src/engine/index.ts";
import { memory } from "../../src/engine/memory/memory.ts";
import { budget } from "../../src/engine/memory/residence.ts";

test("an intermediate result that was carried out of a derivative says so instead of giving wrong numbers", () => {
  let carried: Tensor | undefined;
  grad((x) => {
    carried = x.mul([1, 2, 3]);
    return carried.sum();
  })(2);
  expect(() => carried!.data).toThrow(/derivative that has ended.*\nHint: call .keep\(\)/);
  expect(() => carried!.add(1)).toThrow(ReferenceError);
});

test("a tensor that is gone still prints, and says that it is gone", () => {
  let carried: Tensor | undefined;
  grad((x) => {
    carried = x.mul([1, 2, 3]);
    return carried.sum();
  })(2);
  expect(`${carried}`).toMatch(/tensor\(\[3\]: gone with the derivative/);
});

test("a result does not hold what it was computed from", () => {
  const { value, gradient } = valueAndGrad((x: Tensor) => x.square().sum())(tensor([1, 2]));
  expect([value.step, gradient.step]).toEqual([undefined, undefined]);
});

test("a tensor prints and stringifies as its numbers", () => {
  expect(inspect({ w: tensor([1, 2]) })).toBe("{ w: tensor([2]: 1, 2) }");
  expect(JSON.stringify({ w: tensor([[1, 2]]), b: tensor(3) })).toBe('{"w":[[1,2]],"b":3}');
});

test("keep lets an intermediate result be read afterwards", () => {
  let carried: Tensor | undefined;
  grad((x) => {
    carried = x.mul([1, 2, 3]).keep();
    return carried.sum();
  })(2);
  expect(carried!.toArray()).toEqual([2, 4, 6]);
  expect(carried!.add(1).toArray()).toEqual([3, 5, 7]);
});

test("a tensor does not follow later changes of the array it was made from", () => {
  const numbers = new Float64Array([1, 2]);
  const made = tensor(numbers);
  numbers[0] = 9;
  expect(made.toArray()).toEqual([1, 2]);
});

test("a function that throws leaves the engine ready for the next derivative", () => {
  expect(() =>
    grad((x) => {
      x.mul(2);
      throw new Error("mine");
    })(1),
  ).toThrow("mine");
  expect(grad((x) => x.square())(3)).toBe(6);
  expect(tensor([1, 2]).add(1).toArray()).toEqual([2, 3]);
});

test("long arrays that are used again and again give the same numbers from their residence", () => {
  const x = random(1).normal([3000]);
  const expected = x.data.map((value) => value * 2);
  for (let i = 0; i < 5; i++) expect(x.mul(2).data).toEqual(expected);
  const { value } = valueAndGrad((w) => x.mul(w).sum())(2);
  expect(value.item()).toBeCloseTo(
    expected.reduce((a, b) => a + b, 0),
    9,
  );
});

test("many steps take no more memory than a few", () => {
  const data = random(2).normal([2000]);
  const loss = grad((w) => data.sub(w).square().mean());
  let w = 0;
  for (let i = 0; i < 10; i++) w -= 0.1 * loss(w);
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 300; i++) {
    w -= 0.1 * loss(w);
    data.mul(w);
  }
  expect(memory.buffer.byteLength).toBe(before);
});

describe("with a budget of 4 MiB for long results", () => {
  const whole = budget.bytes;
  beforeAll(() => {
    budget.bytes = 4 * 2 ** 20;
  });
  afterAll(() => {
    budget.bytes = whole;
  });

  test("results stay right when more of them are kept than it holds", () => {
    // 20 results of 0.5 MB: the first ones have to give way.
    const x = random(3).normal([65_536]);
    const results = Array.from({ length: 20 }, (_, i) => x.mul(i));
    for (const i of [0, 1, 5, 19]) {
      expect(results[i]!.data[777]).toBe(x.data[777]! * i);
      expect(results[i]!.add(1).data[65_535]).toBe(x.data[65_535]! * i + 1);
    }
  });

  test("what a derivative uses stays in place while long results come and go", () => {
    const base = random(1).normal([65_536]);
    const data = Array.from({ length: 20 }, (_, i) => base.add(i));
    const slope = grad((w) =>
      data.map((each) => each.mul(w).sum()).reduce((total, part) => total.add(part)),
    )(2);
    const expected = data.map((each) => each.sum().item()).reduce((a, b) => a + b, 0);
    expect(slope).toBeCloseTo(expected, 6);
  });

  test("results that share a place move home together when it is needed", () => {
    const split = compile((x: Tensor) => [x.add(1), x.mul(2), x.sum()], { reuse: true });
    const x = random(4).normal([100]);
    const [sum, product] = split(x) as [Tensor, Tensor];
    const long = random(3).normal([65_536]);
    const results = Array.from({ length: 20 }, (_, i) => long.mul(i));
    expect(sum.data[99]).toBe(x.data[99]! + 1);
    expect(product.sub(x).data[99]).toBe(x.data[99]!);
    expect(results[19]!.data[5]).toBe(long.data[5]! * 19);
  });

  test("one that is longer than half of it moves home at once", () => {
    const x = random(3).normal([400_000]);
    expect(x.mul(2).data[399_999]).toBe(x.data[399_999]! * 2);
  });
});
