import { expect, test } from "vitest";
import { grad, iterate, type Tensor, tensor } from "../../src/engine/index.ts";

type Line = { readonly w: Tensor; readonly b: Tensor };

/** Gradient descent of a line through points, as one step. */
function descent(count: number, dtype: "float64" | "float32") {
  const x = tensor(
    Array.from({ length: count }, (_, i) => Math.sin(i)),
    { dtype },
  );
  const y = x.mul(2).add(0.3);
  const slope = grad((p: Line) => x.mul(p.w).add(p.b).sub(y).square().mean());
  return (p: Line): Line => {
    const g = slope(p) as Line;
    return { w: p.w.sub(g.w.mul(0.1)), b: p.b.sub(g.b.mul(0.1)) };
  };
}

test.each([
  [1, "float64"],
  [4, "float64"],
  [5, "float64"],
  [7, "float64"],
  [4, "float32"],
  [9, "float32"],
  [15, "float32"],
  [40, "float64"],
] as const)(
  "a descent over %i points in %s ends where the plain loop ends, to the last bit",
  (count, dtype) => {
    const step = descent(count, dtype);
    const start = { w: tensor(0, { dtype }), b: tensor(0, { dtype }) };
    let plain = start as Line;
    for (let turn = 0; turn < 50; turn++) plain = step(plain);
    const fast = iterate(step, start, 50);
    expect([fast.w.item(), fast.b.item()]).toEqual([plain.w.item(), plain.b.item()]);
    expect([start.w.item(), start.b.item()]).toEqual([0, 0]);
  },
);

test("states may swap their places", () => {
  const step = ([a, b]: readonly [Tensor, Tensor]): readonly [Tensor, Tensor] => [b, a.add(b)];
  const [a, b] = iterate(step, [tensor(0), tensor(1)], 50);
  expect([a.item(), b.item()]).toEqual([12586269025, 20365011074]);
});

test("a step that decides by numbers runs as it is", () => {
  const collatz = (n: Tensor) => (n.item() % 2 === 0 ? n.div(2) : n.mul(3).add(1));
  expect(iterate(collatz, tensor(27), 111).item()).toBe(1);
});

test("a step that changes the shape runs as it is", () => {
  expect(iterate((x: Tensor) => x.reshape([1, ...x.shape]), tensor(7), 3).shape).toEqual([1, 1, 1]);
});

test("no turn gives the start back, and half a turn is refused", () => {
  const start = tensor([1, 2]);
  expect(iterate((x: Tensor) => x.mul(2), start, 0)).toBe(start);
  expect(() => iterate((x: Tensor) => x, start, 0.5)).toThrow(/whole number of times, but got 0.5/);
});
