import { describe, expect, test } from "vitest";
import {
  cosine,
  focal,
  gaussianNll,
  grad,
  klDivergence,
  poissonNll,
  random,
  type Tensor,
  tensor,
  welsch,
} from "../../src/index.ts";
import {
  addUp,
  type Columns,
  columnsFrom,
  inBlocks,
  multiply,
  productsOf,
} from "../../src/losses/columns.ts";

const column = (high: number[], low: number[]): Columns => ({
  high: Float64Array.from(high),
  low: Float64Array.from(low),
});

describe("numbers in columns", () => {
  test("products keep what one double rounds off", () => {
    const products = productsOf([1 + 2 ** -30], [1 + 2 ** -30]);
    expect(products).toEqual(column([1 + 2 ** -29], [2 ** -60]));
    multiply(products, [3]);
    expect(products).toEqual(column([3 + 3 * 2 ** -29], [3 * 2 ** -60]));
  });

  test("a sum is asked for again only where more than ten bits cancel, or it is no number", () => {
    const asked: number[] = [];
    const result = new Float64Array(4);
    const terms = [column([1, 1, 1, Infinity], [1e-20, 0, 0, 0]), columnsFrom([-0.99, -1, 2, -1])];
    addUp(result, terms, (i) => {
      asked.push(i);
      return 7;
    });
    expect(asked).toEqual([1, 3]);
    expect(Array.from(result)).toEqual([1 - 0.99, 7, 3, 7]);
  });

  test("blocks are whole rows, and each comes once", () => {
    const rows = new Float64Array(9000).map((_, i) => i);
    const seen: number[] = [];
    const result = new Float64Array(3000);
    inBlocks(result, [rows], 3, (some, [block]) => {
      expect(block!.length).toBe(3 * some.length);
      seen.push(...block!);
    });
    expect(seen).toEqual(Array.from(rows));
  });
});

describe("losses that are computed in columns", () => {
  const chance = random(5);
  const count = 2500;
  const [z, t] = [chance.normal([count, 2]), chance.normal([count, 2])];
  const first = z.slice(0, 1, 1).reshape([-1]);
  const counts = tensor(Float64Array.from(first.data, (x) => Math.floor(3 * x * x)));

  test.each([
    ["klDivergence", klDivergence({ reduction: "none" }), z, t.softmax()],
    ["cosine", cosine({ reduction: "none" }), z, t],
    ["gaussianNll", gaussianNll({ reduction: "none" }), z.exp(), first],
    ["focal", focal({ reduction: "none" }), first, first.greater(0.5)],
    ["poissonNll", poissonNll({ full: true, reduction: "none" }), first, counts],
    ["welsch", welsch({ reduction: "none" }), first, first.square()],
  ] as const)(
    "%s of many samples is that of each by itself, and so is its slope",
    (_, loss, p, y) => {
      const values = loss(p, y).toArray() as number[];
      const slopes = grad((x: Tensor) => loss(x, y).sum())(p).toArray() as unknown[];
      for (let i = 0; i < count; i += 97) {
        const [one, of] = [p.slice(i, i + 1), y.slice(i, i + 1)];
        expect(loss(one, of).item()).toBe(values[i]);
        expect(grad((x: Tensor) => loss(x, of).sum())(one).toArray()).toEqual([slopes[i]]);
      }
    },
  );
});
