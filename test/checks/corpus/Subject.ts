import type { CauseKind, GradCheckOptions } from "../../../src/checks/index.ts";

/** A function with its right gradient and gradients that learners write, each with what they got wrong. */
export interface Subject {
  readonly name: string;
  readonly f: (parameters: never, batch: never) => unknown;
  readonly right: (parameters: never, batch: never) => unknown;
  readonly parameters: unknown;
  readonly options?: GradCheckOptions<never, never>;
  readonly wrong: readonly Mistake[];
}

/** What was done wrong, how it is written, and the causes that would be right to name. */
export type Mistake = readonly [
  what: string,
  gradient: (parameters: never, batch: never) => unknown,
  ...causes: CauseKind[],
];

/** A subject with its types checked against each other. */
export function subject<P, B = undefined>(checked: {
  readonly name: string;
  readonly f: (parameters: P, batch: B) => unknown;
  readonly right: (parameters: P, batch: B) => unknown;
  readonly parameters: P;
  readonly options?: GradCheckOptions<P, B>;
  readonly wrong: readonly (readonly [
    what: string,
    gradient: (parameters: P, batch: B) => unknown,
    ...causes: CauseKind[],
  ])[];
}): Subject {
  return checked as unknown as Subject;
}

/** What may be said when the place is all that can be known from the numbers. */
export const placeOnly: readonly CauseKind[] = ["one group", "some entries"];

/** What may be said where the data is out of sight: how the difference behaves as parameters change. */
export const behaviour: readonly CauseKind[] = [
  "constant part",
  "ignores",
  "invariance",
  "regulariser",
  ...placeOnly,
];

export type Row = readonly number[];
export type Matrix = readonly Row[];

export const sum = (values: Row) => values.reduce((total, v) => total + v, 0);
export const mean = (values: Row) => sum(values) / values.length;
export const dot = (a: Row, b: Row) => sum(a.map((v, i) => v * b[i]!));
export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
export const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
export const timesVector = (m: Matrix, v: Row) => m.map((row) => dot(row, v));
export const outer = (a: Row, b: Row) => a.map((u) => b.map((v) => u * v));
export const addedRows = (rows: Matrix): number[] =>
  rows[0]!.map((_, j) => sum(rows.map((row) => row[j]!)));
export const addedMatrices = (all: readonly Matrix[]): number[][] =>
  all[0]!.map((row, i) => row.map((_, j) => sum(all.map((m) => m[i]![j]!))));
export const times = (scale: number, m: Matrix) => m.map((row) => row.map((v) => scale * v));
export const transposed = (m: Matrix) => m[0]!.map((_, j) => m.map((row) => row[j]!));
export const softmax = (z: Row) => {
  const top = Math.max(...z);
  const e = z.map((v) => Math.exp(v - top));
  return e.map((v) => v / sum(e));
};
export const oneHot = (k: number, count: number) =>
  Array.from({ length: count }, (_, i) => Number(i === k));
