import type { Name } from "./Part.ts";

/** Gives the median of a kernel in a row: in the row of the goal when none is named. NaN where there is none. */
type MedianOf = (kernel: Name, row?: string) => number;

/** What a row must reach. */
export interface Goal {
  readonly text: string;
  readonly verdict: (medianOf: MedianOf) => Verdict;
}

type Verdict = "reached" | "missed" | "not measured";

/** At most so much, in the unit of the row. */
export const atMost = (limit: number): Goal => ({
  text: `≤ ${limit}`,
  verdict: (medianOf) => verdict(medianOf("downhill"), limit),
});

/** At least so many. */
export const atLeast = (count: number): Goal => ({
  text: `≥ ${count}`,
  verdict: (medianOf) => verdict(count, medianOf("downhill")),
});

/** At most so many times what another kernel takes, there or in another row. */
export const atMostTimes = (times: number, peer: Name, row?: string): Goal => ({
  text: times === 1 ? `≤ ${peer}'s` : `≤ ${times} × ${peer}'s`,
  verdict: (medianOf) => verdict(medianOf("downhill"), times * medianOf(peer, row)),
});

/** The same, for a kernel that refuses ill-typed cells. */
export const strictAtMostTimes = (times: number, peer: Name): Goal => ({
  text: `strict ≤ ${times} × ${peer}'s`,
  verdict: (medianOf) => verdict(medianOf("downhill, strict"), times * medianOf(peer)),
});

function verdict(less: number, more: number): Verdict {
  if (Number.isNaN(less) || Number.isNaN(more)) return "not measured";
  return less <= more ? "reached" : "missed";
}
