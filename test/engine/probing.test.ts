import { expect, test } from "vitest";
import { heap } from "../../src/engine/memory/memory.ts";
import { type Parameters, probing, random, type Tensor, tensor } from "../../src/index.ts";

const chance = random(3);
const x = chance.normal([8, 3]);
const start = { w: chance.normal([3, 5]), b: tensor([0, 0.1, 0.2, 0.3, 0.4]), scale: tensor(2) };
type Network = Record<keyof typeof start, Tensor>;
const loss = ({ w, b, scale }: Network) => x.matmul(w).add(b).tanh().mul(scale).square().mean();
const flat = Object.values(start).flatMap((each) => [...each.data]);

function at(numbers: readonly number[], dtype: "float64" | "float32" = "float64"): Network {
  return {
    w: tensor(numbers.slice(0, 15), { shape: [3, 5], dtype }),
    b: tensor(numbers.slice(15, 20), { dtype }),
    scale: tensor(numbers[20]!, { dtype }),
  };
}

test("a probe's values are those of the function to the last bit, whichever numbers change", () => {
  const points = flat.map((_, i) => flat.with(i, 0.7).with((7 * i + 3) % flat.length, -0.2));
  const probed = probing(loss, start, (probe) => points.map((point) => probe(point)));
  expect(probed).toEqual(points.map((point) => loss(at(point)).item()));
});

test("a probe of a float32 network rounds what it is given", () => {
  const point = flat.map((value) => value + 1e-9);
  const single = at(flat, "float32");
  expect(probing(loss, single, (probe) => probe(point))).toBe(loss(at(point, "float32")).item());
});

test("a probe comes back to a point after NaN was asked for", () => {
  const values = probing(loss, start, (probe) => [flat.with(0, Number.NaN), flat].map(probe));
  expect(values).toEqual([Number.NaN, loss(start).item()]);
});

test.each<[string, (p: { w: Tensor; s: number }) => unknown]>([
  ["reads numbers to decide", (p) => (p.w.item() > 0 ? p.w : p.w.neg())],
  ["calculates with plain numbers", (p) => p.s ** 2],
  ["gives more than one number", (p) => p.w.add([1, 2])],
  ["does not depend on its parameters", () => tensor(1)],
  ["gives its parameter", (p) => p.w],
])("a function that %s is not probed", (_, f) => {
  expect(probing(f, { w: tensor(1), s: 2 }, () => "probed")).toBeUndefined();
});

test("an error of the function itself is the caller's", () => {
  const wrong = (p: Parameters) => x.matmul(p as Tensor).sum();
  expect(() => probing(wrong, tensor([1, 2]), (probe) => probe([1, 2]))).toThrow(/shape/);
});

test("the memory does not grow with the number of probes", () => {
  const many = () => probing(loss, start, (probe) => probe(flat.with(1, 0.5)));
  many();
  const before = heap.float64.length;
  for (let i = 0; i < 2000; i++) many();
  expect(heap.float64.length).toBe(before);
});
