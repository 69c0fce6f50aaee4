/** Why a gradient is wrong, in words and with the place. */
export interface Cause {
  /** The kind of mistake, for a program: `"factor"`, `"sign"`, `"transposed"`, … */
  readonly kind: CauseKind;
  /** Where: a group, an entry, or the samples concerned. */
  readonly place: string;
  /** What is wrong, in one or two sentences. */
  readonly sentence: string;
  /** Where to look, what to think of, what to write. The last one almost gives it away. */
  readonly hints: readonly [where: string, what: string, how: string];
}

export type CauseKind =
  | "not a gradient"
  | "throws"
  | "missing"
  | "extra"
  | "not numbers"
  | "shape"
  | "transposed shape"
  | "not finite"
  | "mutates"
  | "not deterministic"
  | "accumulates"
  | "named"
  | "never set"
  | "sign"
  | "factor"
  | "sum for mean"
  | "divided twice"
  | "absolute"
  | "signs only"
  | "clipped"
  | "regulariser"
  | "a step"
  | "reduction"
  | "noise"
  | "transposed"
  | "permuted"
  | "swapped"
  | "one sample"
  | "part of the batch"
  | "ignores"
  | "constant part"
  | "invariance"
  | "region"
  | "missing factor"
  | "extra factor"
  | "wrong factor"
  | "missing target"
  | "some entries"
  | "one group";
