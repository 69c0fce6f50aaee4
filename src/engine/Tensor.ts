import { jupyterDisplay } from "../shown.ts";
import type { DType, Storage, Values } from "./memory/Storage.ts";
import type { Methods } from "./methods.ts";
import type { Shape } from "./shape.ts";
import { tableOf } from "./table.ts";
import type { Step } from "./tape.ts";
import { noteReading, stoodForNumber } from "./trace.ts";

export type { DType, Values };

/** Numbers within numbers, as deep as the tensor has axes. */
export type Nested = number | readonly Nested[];

/** What operations take: a tensor, a number, nested arrays, or a typed array (one axis). */
export type TensorLike = Nested | Tensor | Values;

/**
 * An n-dimensional array of numbers, row-major, that never changes: 64-bit floats unless 32-bit ones
 * were asked for. Every operation gives a new tensor, so an old one can be kept, drawn and compared.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).matmul([1, 1])   // → [3, 7]
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: methods.ts defines every one of Methods on the prototype, and its type makes a missing one not compile.
export class Tensor {
  /** How long it is along each axis. */
  readonly shape: Shape;
  readonly storage: Storage;
  /** How it was computed, while a derivative is being taken. */
  step: Step | undefined;

  constructor(storage: Storage, shape: Shape) {
    this.storage = storage;
    this.shape = shape;
    this.step = undefined;
  }

  /** How many numbers it holds. */
  get size(): number {
    return this.storage.size;
  }

  get dtype(): DType {
    return this.storage.dtype;
  }

  /**
   * The numbers themselves, row by row (a Float32Array if the tensor is a float32 one).
   * Read them; copy with `.slice()` before changing anything.
   *
   * @throws ReferenceError for an intermediate result of a derivative that has ended; see `keep`
   */
  get data(): Float64Array {
    noteReading(this.storage, "it reads numbers that depend on the arguments");
    // Float32Array has the same methods; a union of the two would make none of them callable.
    return this.storage.values as Float64Array;
  }

  /**
   * Copies the numbers into an array of your own, from its index `at` on (default 0).
   * A training loop that collects gradients in one array thereby makes no garbage.
   */
  copyTo(target: Values, at = 0): void {
    noteReading(this.storage, "it reads numbers that depend on the arguments");
    this.storage.copyTo(target, at);
  }

  /** What JSON.stringify writes. */
  toJSON(): Nested {
    return this.toArray();
  }

  /** What console.log shows in Node and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** What notebooks show: its shape and its numbers as a table. */
  [jupyterDisplay](): Readonly<Record<string, string>> {
    const text = this.toString();
    const table = tableOf(this);
    return { "text/plain": text, ...(table === undefined ? {} : { "text/html": table }) };
  }

  /**
   * What `x * 2` or `x + y` ask for. They would take the numbers out of their derivative, so they are refused.
   *
   * @throws TypeError when arithmetic asks for a number
   */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === "string") return this.toString();
    if (stoodForNumber(this)) return this.item();
    throw new TypeError(
      "Operators such as * and + do not work on tensors, but one was met by an operator.\n" +
        "Hint: write x.mul(2) and x.add(y), or take the number out with x.item().",
    );
  }

  /** Lets an intermediate result be read after the derivative that computed it. Gives the tensor itself. */
  keep(): this {
    this.storage.keep();
    return this;
  }
}
export interface Tensor extends Methods {}
