import type { Shape } from "../shape.ts";
import type { Reach } from "../wasm/elementwise.ts";

/**
 * An operation on tensors of different shapes, seen as one on rows: how many rows of which length, and for
 * each operand whether a row has its own numbers (“each”) or a single one, and how many numbers lie between rows.
 */
export interface Rows {
  readonly rows: number;
  readonly length: number;
  readonly reaches: readonly Reach[];
  readonly strides: readonly number[];
}

interface Group {
  length: number;
  readonly full: readonly boolean[];
}

/** The rows of a broadcast operation, or undefined if it takes more than rows of rows. */
export function rowsOf(shapes: readonly Shape[], out: Shape): Rows | undefined {
  const groups = grouped(shapes, out);
  if (groups.length > 2) return undefined;
  const inner = groups.at(-1) ?? { length: 1, full: shapes.map(() => true) };
  const outer = groups.length === 2 ? groups[0]! : undefined;
  return {
    rows: outer?.length ?? 1,
    length: inner.length,
    reaches: inner.full.map((full) => (full ? "each" : "single")),
    strides: shapes.map((_, i) => (outer?.full[i] ? (inner.full[i] ? inner.length : 1) : 0)),
  };
}

/** Neighbouring axes along which the same operands are repeated count as one. */
function grouped(shapes: readonly Shape[], out: Shape): Group[] {
  const groups: Group[] = [];
  out.forEach((length, axis) => {
    if (length === 1) return;
    const full = shapes.map((shape) => (shape[axis - out.length + shape.length] ?? 1) !== 1);
    const last = groups.at(-1);
    if (last?.full.every((each, i) => each === full[i])) last.length *= length;
    else groups.push({ length, full });
  });
  return groups;
}
