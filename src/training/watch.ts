import type { History, Trained } from "./History.ts";

/** Somebody who looks on while a run goes on, for example a notebook that draws its losses. */
export interface Watcher {
  /** Aborted when the one who looks on wants the run to end. */
  readonly signal: AbortSignal;
  /** Told after each epoch. */
  readonly sees: (history: History) => void;
  /** Told once when the run is over; without a result when it threw. */
  readonly ended: (result: Trained<unknown> | undefined) => void;
}

const symbol = Symbol.for("downhill.watch");

/**
 * Whoever looks on at runs with `plot: true`. The library knows no notebook: a notebook leaves the
 * function `globalThis[Symbol.for("downhill.watch")]`, and where there is none, nobody looks on.
 */
export function watcher(): Watcher | undefined {
  const watch: unknown = Reflect.get(globalThis, symbol);
  // What stands there was left by whoever knows this name, so it keeps the type above.
  return typeof watch === "function" ? (watch() as Watcher) : undefined;
}
