import { Script } from "node:vm";
import { isRestricted } from "./restricted.ts";
import { noteStop } from "./ticks.ts";

// Where no thread and no inspector is allowed, Node.js offers one way to stop code that never ends: a
// script that SIGINT breaks. So that script calls the learner's code, and whatever that leaves to be done.
const script = new Script("$interruptible()");
const { runInThisContext } = script;
const drain = (process as unknown as { _tickCallback: () => void })._tickCallback;
const soon = setImmediate;
let next: (() => void) | undefined;
let inside = false;

if (isRestricted) {
  const value = () => {
    const work = next;
    next = undefined;
    work?.();
  };
  Object.defineProperty(globalThis, "$interruptible", { value });
}

/** Runs code that SIGINT can stop while work is graded; elsewhere the control thread stops it. */
export function interruptible(work: () => void): void {
  if (!isRestricted || inside) return work();
  inside = true;
  next = () => {
    work();
    drain();
  };
  try {
    runInThisContext.call(script, { breakOnSigint: true, displayErrors: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException)?.code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    noteStop();
  } finally {
    inside = false;
  }
}

/** What a cell awaits, so that what it does afterwards can be stopped as well. */
export function held<Value>(value: Value): Value | Promise<Awaited<Value>> {
  return isRestricted ? heldPromise(value) : value;
}

async function heldPromise<Value>(value: Value): Promise<Awaited<Value>> {
  let outcome: () => Awaited<Value>;
  try {
    const result = await value;
    outcome = () => result;
  } catch (error) {
    outcome = () => {
      throw error;
    };
  }
  if (!inside) await new Promise<void>((resume) => soon(() => interruptible(resume)));
  return outcome();
}
