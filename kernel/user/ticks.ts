/**
 * The stop of this thread that has begun last, and the one that was done last. The thread beside this one notes them,
 * as it is there also while this one computes without end.
 */
export const stops = new Int32Array(new SharedArrayBuffer(8));

/** How often Node.js has called what listens to the host. Between two calls it does all that was to come at once. */
let turns = 0;
/** The turn in which the learner's code was called last by a message. */
let begun = -1;
/** The last stop after which the host asked whether this thread is free. */
let asked = 0;
/** The first turn after a stop in which it asked. */
let seen = { stop: 0, turn: 0 };
/** The last stop of which nothing is left that could go on. */
let over = 0;

/**
 * Lets what `process.nextTick` is asked for in stopped code be dropped. V8 does so with microtasks, but it does not
 * know Node's list of ticks: each callback that comes next, whosever it is, would go on with that list, and what
 * puts itself on it again and again would need a stop for each of them.
 */
export function endTicksWithStops(): void {
  const original = process.nextTick as (...all: unknown[]) => void;
  const nextTick = (callback: unknown, ...rest: unknown[]): void => {
    if (Atomics.load(stops, 0) === over) original(callback, ...rest);
  };
  Object.assign(process, { nextTick });
}

/** Notes that code of this thread was stopped. */
export function noteStop(): void {
  asked = Atomics.add(stops, 0, 1) + 1;
  Atomics.store(stops, 1, asked);
}

/** Notes that a message calls the learner's code, which may leave something to be done at once. */
export function noteBeginning(): void {
  begun = turns;
  // The host lets nothing begin before it has its answer, or has given up the stop.
  if (asked === Atomics.load(stops, 0)) over = asked;
}

/** Notes that Node.js calls what listens to the host. */
export function noteTurn(): void {
  turns += 1;
}

/**
 * Whether this thread is free: nothing goes on that was stopped, and ticks are ticks again. That is known in the turn
 * after, and without `setImmediate`, of which a stop may leave Node's list half changed. Nor is it free in the turn in
 * which a cell begins: what that one leaves to be done at once is still to come.
 */
export function isFree(): boolean {
  const [latest, done] = [Atomics.load(stops, 0), Atomics.load(stops, 1)];
  asked = latest;
  if (begun === turns || done !== latest) return false;
  if (latest === over) return true;
  if (seen.stop !== latest) seen = { stop: latest, turn: turns };
  if (seen.turn === turns) return false;
  over = latest;
  return true;
}
