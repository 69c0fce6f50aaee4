import type { Rows } from "../kernels/broadcast.ts";
import type { Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import type { Place } from "../wasm/fused.ts";

/** Calls that work entry by entry on a table of the same size, and can share one loop. */
export class Group {
  readonly calls: Call[] = [];
  readonly totals: Call[] = [];
  readonly dtype: string;
  /** Rows of the table, and how long each is; one row until an operand is repeated row by row. */
  rows = 1;
  length: number;
  /** What the loop has at hand for every entry. */
  readonly #made = new Set<Storage>();
  /** What is known only after the loop. */
  readonly #late = new Set<Storage>();

  constructor(first: Call) {
    this.dtype = first.output.dtype;
    this.length = first.output.size;
    this.add(first);
  }

  get size(): number {
    return this.rows * this.length;
  }

  /** Whether a call needs something from this loop. */
  feeds(call: Call): boolean {
    return call.inputs.some((input) => this.#made.has(input) || this.#late.has(input));
  }

  makes(storage: Storage): boolean {
    return this.#made.has(storage);
  }

  fits(call: Call): boolean {
    if (
      call.map === undefined ||
      call.output.size !== this.size ||
      call.output.dtype !== this.dtype
    )
      return false;
    if (call.inputs.some((input) => this.#late.has(input))) return false;
    const { rows } = call.map;
    const cut = rows.rows > 1;
    if (cut && this.rows > 1 && rows.length !== this.length) return false;
    // Totals of rows would be added up in another order than the total of everything.
    if (cut && this.totals.length > 0) return false;
    return call.inputs.every((input, i) => !this.#made.has(input) || placeOf(rows, i) === "full");
  }

  add(call: Call): void {
    const { rows } = call.map!;
    if (rows.rows > 1) {
      this.rows = rows.rows;
      this.length = rows.length;
    }
    this.calls.push(call);
    this.#made.add(call.output);
  }

  /** Takes the sum of all entries of a value along, if that is possible. */
  takesTotal(call: Call): boolean {
    return call.total === true && this.rows === 1 && this.#made.has(call.inputs[0]!);
  }

  addTotal(call: Call): void {
    this.totals.push(call);
    this.#late.add(call.output);
  }
}

/** How an operand of a call meets the table. */
export function placeOf({ rows, reaches, strides }: Rows, operand: number): Place {
  const each = reaches[operand] === "each";
  if (rows === 1) return each ? "full" : "scalar";
  if (strides[operand] === 0) return each ? "row" : "scalar";
  return each ? "full" : "column";
}
