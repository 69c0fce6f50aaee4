/** One figure of one contestant, as a line of JSON on the standard output. */
export interface Figure {
  readonly work: string;
  readonly by: string;
  /** Milliseconds of one run, the median of several. */
  readonly median: number;
  readonly note?: string;
}

export interface Effort {
  /** Runs before the clock counts, at the least; V8 needs a while until it has compiled all for good. Default 3. */
  readonly warm?: number;
  /** Runs that count. Default 9. */
  readonly runs?: number;
}

/** Milliseconds of running before the clock counts, at the least. */
const warmTime = 300;

/** Times a piece of work and prints its figure. */
export function measure(work: string, by: string, run: () => unknown, effort: Effort = {}): void {
  report(work, by, timeOf(run, effort));
}

/** Milliseconds of a piece of work, the median of several runs. */
export function timeOf(run: () => unknown, { warm = 3, runs = 9 }: Effort = {}): number {
  const begin = performance.now();
  for (let i = 0; i < warm || performance.now() - begin < warmTime; i++) run();
  return medianOf(
    Array.from({ length: runs }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Prints a figure. */
export function report(work: string, by: string, median: number): void {
  const figure: Figure = { work, by, median };
  console.log(JSON.stringify(figure));
}
