import type { Tensor } from "../../engine/index.ts";

/** What targets look like: labels of two classes, numbers of classes, rows of shares, or numbers. */
export type TargetKind =
  | { readonly kind: "bits" | "signs" | "numbers" }
  | { readonly kind: "classes" | "rows"; readonly classes: number };

/** Reads off the targets what kind of task this is; in doubt they are numbers. */
export function targetKind(y: Tensor): TargetKind {
  const values = Array.from(y.data);
  const width = y.shape.length > 1 ? y.shape.at(-1)! : 1;
  if (width > 1) return areShares(values, width) ? { kind: "rows", classes: width } : numbers;
  const kinds = [...new Set(values)].toSorted((a, b) => a - b);
  if (kinds.length === 2 && kinds[0] === 0 && kinds[1] === 1) return { kind: "bits" };
  if (kinds.length === 2 && kinds[0] === -1 && kinds[1] === 1) return { kind: "signs" };
  const counted = kinds.length > 2 && kinds.every((value, i) => value === i);
  return counted && values.length >= 3 * kinds.length
    ? { kind: "classes", classes: kinds.length }
    : numbers;
}

const numbers = { kind: "numbers" } as const;

/** Rows of shares that add up to 1, as one-hot labels do. */
function areShares(values: readonly number[], width: number): boolean {
  if (!values.every((value) => value >= 0 && value <= 1)) return false;
  for (let row = 0; row < values.length; row += width) {
    const total = values.slice(row, row + width).reduce((a, b) => a + b, 0);
    if (Math.abs(total - 1) > 1e-6) return false;
  }
  return true;
}
