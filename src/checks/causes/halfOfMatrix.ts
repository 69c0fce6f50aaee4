import type { Evidence, Finder, Finding } from "./Evidence.ts";
import { minus, type Numbers, near, norm } from "./vectors.ts";

/** More parameters than this are no quadratic form that someone wrote by hand. */
const most = 20;

/**
 * A quadratic form xᵀAx whose A is not symmetric: its gradient is (A + Aᵀ)x, and Ax or 2Ax is only
 * right where A = Aᵀ. Both gradients are linear, so whole steps along the axes give their matrices.
 */
export const halfOfMatrix: Finder = (evidence, { group, indices }) => {
  const { layout, read, data, values } = evidence;
  const count = layout.values.length;
  if (!group || indices.length !== count || count < 2 || count > most) return undefined;
  const columns = Array.from({ length: count }, (_, i) => {
    const there = Array.from(values, (value, j) => value + Number(i === j));
    const reading = read(there, data);
    return (
      reading && {
        yours: minus(reading.yours, evidence.yours),
        numeric: minus(reading.numeric, evidence.numeric),
      }
    );
  });
  if (columns.some((column) => !column) || !isLinear(evidence)) return undefined;
  const yours = columns.flatMap((column) => column!.yours);
  const numeric = columns.flatMap((column) => column!.numeric);
  const turned = yours.map((_, k) => yours[(k % count) * count + Math.floor(k / count)]!);
  if (near(yours, turned, 1e-3)) return undefined;
  const sum = yours.map((value, k) => value + turned[k]!);
  const half = sum.map((value) => value / 2);
  if (near(numeric, sum, 1e-4)) return finding("Ax");
  return near(numeric, half, 1e-4) ? finding("2Ax") : undefined;
};

/** The gradient at the sum of two moves is the sum of the gradients. */
function isLinear({ read, data, values, yours, numeric }: Evidence): boolean {
  const moved = (by: number) =>
    read(
      Array.from(values, (value, i) => value + by * (1 + (i % 3))),
      data,
    );
  const [once, twice] = [moved(0.5), moved(1)];
  if (!once || !twice) return false;
  const doubled = (a: Numbers, b: Numbers, start: Numbers) =>
    norm(minus(a, start)) > 0 &&
    near(
      minus(b, start),
      minus(a, start).map((value) => 2 * value),
      1e-4,
    );
  return doubled(once.yours, twice.yours, yours) && doubled(once.numeric, twice.numeric, numeric);
}

const finding = (written: "Ax" | "2Ax"): Finding => ({
  kind: "transposed",
  says: `is that of a symmetric matrix, ${written}, but the matrix here is not: the gradient of xᵀAx is (A + Aᵀ)x.`,
  hints: [
    "Move one parameter and see which entries of your gradient change, and by how much; then move another.",
    "Entry i changes with parameter j at another rate than entry j with parameter i; in a gradient the two are equal.",
    `Write (A + Aᵀ)x; ${written} is right only where A = Aᵀ.`,
  ],
});
