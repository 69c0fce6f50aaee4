import type { GradedRow } from "./graded.ts";
import type { MimeBundle } from "./shown.ts";

/** Somebody beyond the reach of answers, who compares values and counts points. */
export interface Judge {
  /** What {@link near} says of two values, both of which are copies. */
  readonly compare: (actual: unknown, expected: unknown, tolerance: number) => true | string;
  /** Counts the points of tests that have run. */
  readonly count: (outOf: number, rows: readonly GradedRow[]) => Count;
}

/** Points as they were counted. */
export interface Count {
  readonly points: number;
  readonly rows: readonly GradedRow[];
  /** What the cell shows for its grade. */
  readonly shown: MimeBundle;
}

/**
 * Who judges instead of this file's neighbours. The library knows no notebook: whoever grades leaves a
 * judge as `globalThis[Symbol.for("downhill.judge")]` before the library is read, so before any answer.
 */
export const judge = Reflect.get(globalThis, Symbol.for("downhill.judge")) as Judge | undefined;
