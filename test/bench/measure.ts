/** One figure of one contestant, as a line of JSON on the standard output. */
export interface Figure {
  readonly work: string;
  readonly by: string;
  /** Milliseconds of one run, the median of several. */
  readonly median: number;
  readonly note?: string;
}

export interface Effort {
  /** Runs before the clock counts. Default 3. */
  readonly warm?: number;
  /** Runs that count. Default 9. */
  readonly runs?: number;
}

/** Times a piece of work and prints its figure. */
export function measure(work: string, by: string, run: () => unknown, effort: Effort = {}): void {
  const { warm = 3, runs = 9 } = effort;
  for (let i = 0; i < warm; i++) run();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const figure: Figure = { work, by, median: times[runs >> 1]! };
  console.log(JSON.stringify(figure));
}
