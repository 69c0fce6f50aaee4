/**
 * The stop of this thread that has begun last, and the one that was done last. The thread beside this one notes them,
 * as it is there also while this one computes without end.
 */
export const stops = new Int32Array(new SharedArrayBuffer(8));

/** How often Node.js has called what listens to the host. Between two calls it does all that was to come at once. */
let turns = 0;
/** This stop left nothing behind that could go on. */
let over = 0;
let seen = { stop: 0, turn: 0 };

/**
 * Lets what `process.nextTick` is asked for in stopped code be dropped. V8 does so with microtasks, but it does not
 * know Node's list of ticks: each callback that comes next, whosever it is, would go on with that list, and what
 * puts itself on it again and again would need a stop for each of them.
 */
export function endTicksWithStops(): void {
  const original = process.nextTick as (...all: unknown[]) => void;
  const nextTick = (...all: unknown[]): void => {
    if (Atomics.load(stops, 0) === over) original(...all);
  };
  Object.assign(process, { nextTick });
}

/** Notes that code of this thread was stopped. */
export function noteStop(): void {
  for (const place of [0, 1]) Atomics.add(stops, place, 1);
}

/** Lets ticks be ticks again: a cell begins, and if there was a stop that never came to its end, it was given up. */
export function forgetStops(): void {
  over = Atomics.load(stops, 0);
}

/** Notes that Node.js calls what listens to the host. */
export function noteTurn(): void {
  turns += 1;
}

/**
 * Whether nothing goes on any more of what was stopped; from then on ticks are ticks again. That is known one turn
 * later, and without `setImmediate`, of which a stop may leave Node's list half changed.
 */
export function stopsAreOver(): boolean {
  const [begun, done] = [Atomics.load(stops, 0), Atomics.load(stops, 1)];
  if (begun === over) return true;
  if (done !== begun) return false;
  if (seen.stop !== begun) seen = { stop: begun, turn: turns };
  if (seen.turn === turns) return false;
  over = begun;
  return true;
}
