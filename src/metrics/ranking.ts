/** How many positives and negatives score at least so much, at every score that occurs. */
export interface Cut {
  readonly threshold: number;
  readonly hits: number;
  readonly alarms: number;
}

/** All cuts from the highest score down; equal scores are one cut, since no threshold parts them. */
export function cuts(scores: readonly number[], wanted: readonly number[]): Cut[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const found: Cut[] = [];
  let [hits, alarms] = [0, 0];
  order.forEach((sample, rank) => {
    if (wanted[sample] === 1) hits++;
    else alarms++;
    const next = order[rank + 1];
    if (next === undefined || scores[next] !== scores[sample])
      found.push({ threshold: scores[sample]!, hits, alarms });
  });
  return found;
}

/** Complains of a curve that needs both kinds of samples. */
export function needsBoth(metric: string, positives: number, negatives: number): void {
  if (positives > 0 && negatives > 0) return;
  throw new RangeError(
    `${metric} needs samples of both kinds, but got ${positives} of target 1 and ${negatives} of target 0.\nHint: split so that every part holds both.`,
  );
}
