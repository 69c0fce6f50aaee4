import { allocate, clear, generation, isHeld, release } from "./arena.ts";
import { heap } from "./memory.ts";
import { giveBack } from "./pool.ts";
import { type Block, keepPlace, leavePlace, takeBlock, touch } from "./residence.ts";

export type DType = "float64" | "float32";
export type Values = Float64Array | Float32Array;

/** Shorter ones are copied faster than they are looked after. */
const worthResiding = 1024;

/**
 * Numbers that kernels can reach. Their home is either an array of the program, which the garbage
 * collector looks after, or, for what is computed while a derivative is being taken, the arena.
 * A long array that is used again and again also gets a copy that stays in the memory (its residence).
 */
export class Storage {
  readonly size: number;
  readonly dtype: DType;
  #values: Values | undefined;
  #address = 0;
  #generation = -1;
  #block: Block | undefined;
  /** Whether it gets a residence at first use, however short. */
  #lasting = false;

  private constructor(size: number, dtype: DType, values: Values | undefined) {
    this.size = size;
    this.dtype = dtype;
    this.#values = values;
  }

  /** Numbers of the program; they must not change from now on. */
  static of(values: Values): Storage {
    return new Storage(
      values.length,
      values instanceof Float32Array ? "float32" : "float64",
      values,
    );
  }

  /** Room in the arena, to be written by a kernel. */
  static empty(size: number, dtype: DType): Storage {
    const storage = new Storage(size, dtype, undefined);
    storage.#address = allocate(size * bytesOf(dtype));
    storage.#generation = generation;
    return storage;
  }

  /** Where kernels find the numbers, valid until the arena is cleared. */
  get address(): number {
    if (this.#generation === generation) return this.#address;
    if (this.#block !== undefined) return touch(this.#block);
    return this.#bring();
  }

  #bring(): number {
    const values = this.values;
    const usedBefore = this.#generation >= 0;
    this.#generation = generation;
    if (this.#lasting || (usedBefore && this.size >= worthResiding)) {
      this.#block = takeBlock(this.size * bytesOf(this.dtype), () => {
        this.#block = undefined;
      });
    }
    this.#address = this.#block?.address ?? allocate(this.size * bytesOf(this.dtype));
    const at = this.#address / bytesOf(this.dtype);
    if (this.size < 16) for (let i = 0; i < this.size; i++) heap[this.dtype][at + i] = values[i]!;
    else heap[this.dtype].set(values, at);
    return this.#address;
  }

  /**
   * The numbers as an array of the program.
   *
   * @throws ReferenceError when they were left in an arena that has been cleared since
   */
  get values(): Values {
    if (this.#values === undefined) {
      const start = (this.#block?.address ?? this.#arenaAddress()) / bytesOf(this.dtype);
      this.#values = heap[this.dtype].slice(start, start + this.size);
      // What has been read is rarely computed with again, and its place is still warm for the next result.
      if (this.#block !== undefined) leavePlace(this.#block);
    }
    return this.#values;
  }

  /** Copies the numbers into an array of the caller's, from its index `at` on. */
  copyTo(target: Values, at: number): void {
    if (this.#values !== undefined) target.set(this.#values, at);
    else {
      const start = (this.#block?.address ?? this.#arenaAddress()) / bytesOf(this.dtype);
      target.set(heap[this.dtype].subarray(start, start + this.size), at);
    }
  }

  #arenaAddress(): number {
    if (this.#generation !== generation) throw expired();
    return this.#address;
  }

  /** Lets the numbers outlive the arena: long ones stay where they are, short ones move to an array. */
  keep(): this {
    if (this.#values !== undefined || this.#block !== undefined) return this;
    const address = this.#arenaAddress();
    const room = release(address);
    if (room === undefined) void this.values;
    else {
      this.#block = keepPlace(address, room, () => {
        void this.values;
        this.#block = undefined;
      });
      if (this.#block === undefined) {
        void this.values;
        giveBack(address, room);
      }
      this.#generation = 0;
    }
    return this;
  }

  /** Another storage of the same numbers, to be told from this one. */
  twin(): Storage {
    return Storage.of(this.values);
  }

  /** The same numbers, from now on at hand in every generation: for what is used again and again. */
  lasting(): this {
    void this.values;
    this.#lasting = true;
    return this;
  }

  /** Ends an operation: unless results are being held, the numbers move home and the arena is cleared. */
  settle(): this {
    if (isHeld()) return this;
    this.keep();
    clear();
    return this;
  }
}

export const bytesOf = (dtype: DType): 4 | 8 => (dtype === "float64" ? 8 : 4);

function expired(): ReferenceError {
  return new ReferenceError(
    "This tensor was computed inside a derivative that has ended, and its memory is in use again.\n" +
      "Hint: call .keep() on it inside the function to be able to read it afterwards.",
  );
}
