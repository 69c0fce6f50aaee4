import type { CauseKind } from "../Cause.ts";
import type { ParameterGroup, ParameterLayout } from "../parameterLayout.ts";
import type { Batch } from "./Batch.ts";
import { type Numbers, pick } from "./vectors.ts";

/** A gradient under test beside the measured slopes, at some parameters and some data. */
export interface Reading {
  readonly values: Numbers;
  readonly yours: Numbers;
  readonly numeric: Numbers;
  /** The function's own value. */
  readonly height?: number;
}

/** All that a finder of causes may look at. Everything but the first reading is made when asked for. */
export interface Evidence extends Reading {
  readonly layout: ParameterLayout;
  /** Relative difference up to which two lists are one: the noise of the gradient's own arithmetic. */
  readonly close: number;
  /** The same comparison at other parameters; empty when the gradient is not a function. */
  readonly elsewhere: () => readonly Reading[];
  /** The same farther away as well, where a function may be on another of its pieces. */
  readonly farther: () => readonly Reading[];
  readonly batch?: Batch;
  /** The slopes of the function on some of the samples, at any parameters. */
  readonly slopesOn: (samples: readonly number[], values: Numbers) => Numbers | undefined;
  /** The comparison at any parameters and on any data. */
  readonly read: (values: Numbers, data: unknown) => Reading | undefined;
  readonly data: unknown;
  /** The comparison on some of the samples; `undefined` where it cannot be made. */
  readonly on: (samples: readonly number[]) => Reading | undefined;
  /**
   * One comparison for each sample (or entry): first at the parameters under test, then at others,
   * so that a pattern must hold at all of them. Quantities and regions run in the same order.
   */
  readonly sites: () => readonly SiteReading[];
  /** The comparison on data in which every number is 0. */
  readonly onZeros: () => Reading | undefined;
  /** Values that each site has: given by the author, or read from the data. */
  readonly quantities: () => readonly Quantity[];
  readonly regions: () => readonly Region[];
  /** The sites on one side of a threshold of |residual|, if the wrong ones are just these. */
  readonly sizeRegion: (wrong: readonly boolean[]) => Region | undefined;
  /** Each parameter is the prediction for one sample. */
  readonly elementwise: boolean;
  /** How many classes there are, when the author says so. */
  readonly classes?: number;
}

/** What one sample contributes; `index` names the entry where each entry is a sample of its own. */
export interface SiteReading {
  readonly reading: Reading;
  readonly sample: number;
  readonly index?: number;
  /** At the parameters under test, not at others. */
  readonly here: boolean;
}

/** One number for each site, with the words for it. */
export interface Quantity {
  readonly name: string;
  readonly values: Numbers;
}

/** Some of the sites, with the words for them: “the margin is met”. */
export interface Region {
  readonly name: string;
  readonly holds: readonly boolean[];
}

/** The entries a finder looks at: all of them, or one group. */
export interface Scope {
  readonly group?: ParameterGroup;
  readonly indices: readonly number[];
}

/** A cause before its place is added: `says` goes on after “your gradient”. */
export interface Finding {
  readonly kind: CauseKind;
  readonly says: string;
  readonly hints: readonly [where: string, what: string, how: string];
}

/** The scope of one group. */
export const scopeOf = (group: ParameterGroup): Scope => ({
  group,
  indices: Array.from({ length: group.size }, (_, i) => group.offset + i),
});

export type Finder = (evidence: Evidence, scope: Scope) => Finding | undefined;

/** Both lists of a reading, cut down to a scope. */
export const within = ({ indices }: Scope, { values, yours, numeric }: Reading) => ({
  values: pick(values, indices),
  yours: pick(yours, indices),
  numeric: pick(numeric, indices),
});
