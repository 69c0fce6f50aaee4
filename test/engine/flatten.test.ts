import { expect, test } from "vitest";
import { compile, flatten, random, type Tensor, tensor } from "../../src/engine/index.ts";

const parameters = {
  w: random(1).normal([40, 3]),
  b: tensor([1, 2, 3], { dtype: "float32" }),
  scale: 2,
};

test("lent tensors hold the numbers in the kind and shape of the parameters, and are gone afterwards", () => {
  const flat = flatten(parameters);
  const values = flat.values.map((value) => value / 3);
  const expected = flat.tensors(values);
  const f = (p: { w: Tensor; b: Tensor; scale: Tensor }) => p.w.add(p.b).mul(p.scale).sum(0);
  let carried: Tensor | undefined;
  const lent = flat.lend(values, (p) => {
    carried = p.w;
    expect(p.b.dtype).toBe("float32");
    return [f(p).keep(), p.b.keep()];
  });
  expect(lent.map((each) => each.toArray())).toEqual([f(expected).toArray(), expected.b.toArray()]);
  expect(() => carried!.data).toThrow(/its memory is in use again/);
});

test("a compiled function gives lent tensors back as its results", () => {
  const flat = flatten(parameters);
  const same = compile((p: { w: Tensor; b: Tensor; scale: Tensor }) => [p.w, p.b.add(1)]);
  same(flat.tensors(flat.values));
  const results = flat.lend(flat.values, same);
  expect(results.map((each) => each.toArray())).toEqual([parameters.w.toArray(), [2, 3, 4]]);
});
