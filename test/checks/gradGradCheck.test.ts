import { expect, test } from "vitest";
import { gradCheck, gradGradCheck, hvpCheck, jacobianCheck } from "../../src/checks/index.ts";
import { grad, hessian as hessianOf, type Tensor, tensor } from "../../src/engine/index.ts";

const x = [
  [1, 2],
  [0.5, -1],
  [-2, 0.3],
];
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const gradient = (w: number[]) =>
  w.map((_, j) => x.reduce((sum, row) => sum + sigmoid(dot(row, w)) * row[j]!, 0));
const curvatureOf = (w: number[]) => (row: number[]) =>
  sigmoid(dot(row, w)) * sigmoid(-dot(row, w));
const hessian = (w: number[]) =>
  w.map((_, i) =>
    w.map((_, j) => x.reduce((sum, row) => sum + curvatureOf(w)(row) * row[i]! * row[j]!, 0)),
  );
const start = [0.3, -0.7];

test("a right Hessian is right, and one wrong by 0.1 % is not", () => {
  expect(gradGradCheck(gradient, hessian, start).verdict).toBe("right");
  const off = (w: number[]) =>
    hessian(w).map((row, i) => row.map((v, j) => (i + j === 2 ? 1.001 * v : v)));
  const report = gradGradCheck(gradient, off, start);
  expect(report.rows.filter(({ verdict }) => verdict === "differs")).toHaveLength(1);
});

test("a Hessian of named parameters runs in their order", () => {
  const g = ({ a, b }: { a: number[]; b: number }) => ({
    a: a.map((v) => 2 * v * b),
    b: dot(a, a),
  });
  const h = ({ a, b }: { a: number[]; b: number }) => [
    [2 * b, 0, 2 * a[0]!],
    [0, 2 * b, 2 * a[1]!],
    [2 * a[0]!, 2 * a[1]!, 0],
  ];
  expect(gradGradCheck(g, h, { a: [1, 2], b: 3 }).verdict).toBe("right");
});

test("a Hessian that is twice too large, or transposed as a Jacobian, is called so", () => {
  const twice = (w: number[]) => hessian(w).map((row) => row.map((v) => 2 * v));
  expect(gradGradCheck(gradient, twice, start).sentence).toContain("twice too large");
  const f = (p: number[]) => [p[0]! * p[1]!, p[0]! ** 2, p[1]!];
  const right = (p: number[]) => [
    [p[1]!, p[0]!],
    [2 * p[0]!, 0],
    [0, 1],
  ];
  expect(jacobianCheck(f, right, [2, 3]).verdict).toBe("right");
  const turned = (p: number[]) => [0, 1].map((j) => right(p).map((row) => row[j]!));
  expect(jacobianCheck(f, turned, [2, 3]).cause?.kind).toBe("transposed shape");
});

test("Hessian-vector products are checked along several directions", () => {
  const product = (w: number[], v: number[]) => hessian(w).map((row) => dot(row, v));
  expect(hvpCheck(gradient, product, start).verdict).toBe("right");
  expect(hvpCheck(gradient, (w, v) => product(w, v).toReversed(), start).verdict).toBe("wrong");
});

test("the engine's Hessian is right", () => {
  const f = (w: Tensor) => w.square().sum().mul(w.tanh().sum());
  expect(gradGradCheck(grad(f), hessianOf(f), tensor(start)).verdict).toBe("right");
});

test("the fast mode sees in a few directions that one of many slopes is wrong", () => {
  const many = Array.from({ length: 3000 }, (_, i) => Math.sin(i));
  const f = (p: readonly number[]) => p.reduce((sum, v) => sum + v ** 4, 0);
  const right = (p: readonly number[]) => p.map((v) => 4 * v ** 3);
  const report = gradCheck(f, right, many, { directions: 4 });
  expect(report.verdict).toBe("right");
  expect(report.evaluations).toBeLessThan(150);
  const off = (p: readonly number[]) => right(p).map((v, i) => (i === 1234 ? v + 0.5 : v));
  expect(gradCheck(f, off, many, { directions: 4 }).verdict).toBe("wrong");
});

test("the function in the place of its gradient is told from it", () => {
  const f = (p: readonly number[]) => p[0]! ** 3 + p[1]! ** 3;
  const hessian = (p: readonly number[]) => [
    [6 * p[0]!, 0],
    [0, 6 * p[1]!],
  ];
  expect(() => gradGradCheck(f, hessian, [1, 2])).toThrow("gradGradCheck(grad(f), …)");
  const products = (p: readonly number[], v: readonly number[]) => p.map((x, i) => 6 * x * v[i]!);
  expect(() => hvpCheck(f, products, [1, 2])).toThrow("but this function gives 1");
});
