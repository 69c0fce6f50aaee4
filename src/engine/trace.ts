import type { Rows } from "./kernels/broadcast.ts";
import type { Storage } from "./memory/Storage.ts";
import type { Tensor } from "./Tensor.ts";
import type { VectorName } from "./wasm/formulas.ts";

/** One kernel call that was watched, in a form that can be repeated at other addresses. */
export interface Call {
  readonly inputs: readonly Storage[];
  readonly output: Storage;
  readonly run: (out: number, inputs: readonly number[]) => void;
  /** Present if it works entry by entry, so that it can share a loop with its neighbours. */
  readonly map?: { readonly name: VectorName; readonly rows: Rows };
  /** Present if it adds up all entries of its input. */
  readonly total?: true;
  /** What it does, for calls that have no vector form: sums and moves are linear, products bilinear. */
  readonly name?: string;
}

/** What was watched while a function ran once. */
export interface Trace {
  readonly calls: Call[];
  /** Storages that depend on the arguments. */
  readonly variable: Set<Storage>;
  /** Why the calls cannot stand for the function, if they cannot. */
  obstacle: string | undefined;
}

let trace: Trace | undefined;

/** Runs `body` and watches which kernels it calls on what depends on the given storages. */
export function watching(inputs: readonly Storage[], body: () => void): Trace {
  const before = trace;
  const watched: Trace = { calls: [], variable: new Set(inputs), obstacle: undefined };
  trace = watched;
  try {
    body();
  } finally {
    trace = before;
  }
  return watched;
}

/** Whether kernel calls are being watched. */
export function isWatching(): boolean {
  return trace !== undefined;
}

/**
 * Runs a check that reads numbers and can do nothing but throw. `compile` does not mind it, as it does
 * other reading: the check runs in the call that is watched, and is left out when that is repeated.
 *
 * @example
 * const even = compile((x) => { unwatched(() => { if (x.data.some(Number.isNaN)) throw new RangeError(); }); return x.mul(2); });
 * even(tensor([1, 2]))   // → [2, 4]
 * even.obstacle          // → undefined
 */
export function unwatched(check: () => void): void {
  const before = trace;
  trace = undefined;
  try {
    check();
  } finally {
    trace = before;
  }
}

/** Whether numbers depend on the arguments of a function that is being watched. */
export function isVariable(storage: Storage): boolean {
  return trace?.variable.has(storage) ?? false;
}

/** Notes a kernel call; what depends on no argument need not be repeated. */
export function note(call: Call): void {
  if (trace === undefined || !call.inputs.some((input) => trace!.variable.has(input))) return;
  trace.variable.add(call.output);
  trace.calls.push(call);
}

/** Notes that the program looked at numbers, and so may decide by them. */
export function noteReading(storage: Storage, what: string): void {
  if (trace?.variable.has(storage)) trace.obstacle ??= what;
}

const numbers = new WeakSet<Tensor>();

/** Marks a tensor that takes the place of a plain number while a function is watched. */
export function standForNumber(tensor: Tensor): Tensor {
  numbers.add(tensor);
  return tensor;
}

export function stoodForNumber(tensor: Tensor): boolean {
  return numbers.has(tensor);
}
