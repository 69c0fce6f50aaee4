import { allocate, clear, generation, isHeld, release } from "./arena.ts";
import { heap } from "./memory.ts";
import { giveBack } from "./pool.ts";
import { type Block, keepPlace, leavePlace, takeBlock, touch } from "./residence.ts";

export type DType = "float64" | "float32";
export type Values = Float64Array | Float32Array;

/** Shorter ones are copied faster than they are looked after. */
const worthResiding = 1024;

/** Bytes from which on a result that will be reused has a place of its own; shorter ones share one. */
const worthOwnPlace = 2 ** 16;

/** How many numbers, and of which kind. */
export interface Extent {
  readonly size: number;
  readonly dtype: DType;
}

/**
 * Numbers that kernels can reach. Their home is either an array of the program, which the garbage
 * collector looks after, or, for what is computed while a derivative is being taken, the arena.
 * A long array that is used again and again also gets a copy that stays in the memory (its residence).
 */
export class Storage {
  readonly size: number;
  readonly dtype: DType;
  #values: Values | undefined;
  /** The number itself, where there is only one: an array for it would cost more than most work on it. */
  #single: number | undefined;
  #address = 0;
  #generation = -1;
  #block: Block | undefined;
  /** Bytes from the beginning of the block, which may be shared. */
  #offset = 0;
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

  /** One number of the program. */
  static single(value: number, dtype: DType): Storage {
    const storage = new Storage(1, dtype, undefined);
    storage.#single = dtype === "float32" ? Math.fround(value) : value;
    return storage;
  }

  /** Room in the arena, to be written by a kernel. */
  static empty(size: number, dtype: DType): Storage {
    return new Storage(size, dtype, undefined).#inArena();
  }

  /** Numbers copied to the arena, which are gone when it is cleared. */
  static lent(values: Values, dtype: DType): Storage {
    const storage = Storage.empty(values.length, dtype);
    heap[dtype].set(values, storage.#address / bytesOf(dtype));
    return storage;
  }

  /**
   * Room for the results of one call. Lists stay where they are until their place is surrendered; short ones
   * share one, since looking after a place costs more than a short list is worth.
   */
  static reusable(extents: readonly Extent[]): Storage[] {
    const made = extents.map(({ size, dtype }) => new Storage(size, dtype, undefined));
    const isLong = (each: Storage) => bytesIn(each) >= worthOwnPlace;
    for (const each of made) if (isLong(each)) Storage.#settleIn([each]);
    Storage.#settleIn(made.filter((each) => each.size > 1 && !isLong(each)));
    for (const each of made) if (each.#block === undefined) each.#inArena();
    return made;
  }

  /** Gives storages one place, side by side, if the budget allows it. */
  static #settleIn(storages: readonly Storage[]): void {
    let bytes = 0;
    for (const each of storages) {
      each.#offset = bytes;
      bytes += spaced(bytesIn(each));
    }
    if (bytes === 0) return;
    const leave = () => {
      for (const each of storages) each.#leave();
    };
    const block = takeBlock(bytes, leave, storages.length > 1);
    for (const each of storages) each.#block = block;
  }

  /** Moves home, since the place is given to others. */
  #leave(): void {
    void this.values;
    this.#block = undefined;
  }

  #inArena(): this {
    this.#address = allocate(bytesIn(this));
    this.#generation = generation;
    return this;
  }

  /** Where the numbers live in the memory for longer than the arena, if they do. */
  get place(): Block | undefined {
    return this.#block;
  }

  /** Where kernels find the numbers, valid until the arena is cleared. */
  get address(): number {
    if (this.#generation === generation) return this.#address;
    if (this.#block !== undefined && !this.#block.isGone) return touch(this.#block) + this.#offset;
    return this.#bring();
  }

  #bring(): number {
    const values = this.#single === undefined ? this.values : undefined;
    const usedBefore = this.#generation >= 0;
    this.#generation = generation;
    if (this.#lasting || (usedBefore && this.size >= worthResiding)) {
      this.#offset = 0;
      this.#block = takeBlock(bytesIn(this), () => {
        this.#block = undefined;
      });
    }
    this.#address = this.#block?.address ?? allocate(bytesIn(this));
    const at = this.#address / bytesOf(this.dtype);
    const numbers = heap[this.dtype];
    if (values === undefined) numbers[at] = this.#single!;
    else if (this.size > 16) numbers.set(values, at);
    else for (let i = 0; i < this.size; i++) numbers[at + i] = values[i]!;
    return this.#address;
  }

  /**
   * The numbers as an array of the program.
   *
   * @throws ReferenceError when they were left in an arena that has been cleared since
   */
  get values(): Values {
    if (this.#values === undefined && this.#single !== undefined)
      this.#values = emptyValues(1, this.dtype).fill(this.#single);
    if (this.#values === undefined) {
      this.#values = copied(heap[this.dtype], this.#start(), this.size);
      // What has been read is rarely computed with again, and its place is still warm for the next result.
      if (this.#block?.isShared === false) leavePlace(this.#block);
    }
    return this.#values;
  }

  /** The first number, without an array for it. */
  get first(): number {
    if (this.#single !== undefined) return this.#single;
    if (this.#values !== undefined) return this.#values[0]!;
    return heap[this.dtype][this.#start()]!;
  }

  /** Copies the numbers into an array of the caller's, from its index `at` on. */
  copyTo(target: Values, at: number): void {
    if (this.size === 1) target[at] = this.first;
    else if (this.#values !== undefined) target.set(this.#values, at);
    else {
      const start = this.#start();
      target.set(heap[this.dtype].subarray(start, start + this.size), at);
    }
  }

  /** Whether the numbers are still there, at home or in the arena. */
  get isThere(): boolean {
    const isHome = this.#values !== undefined || this.#single !== undefined;
    return isHome || this.#block?.isGone === false || this.#generation === generation;
  }

  /** Where the first number is among all of its kind, while the numbers live in the memory alone. */
  #start(): number {
    return this.#whereabouts() / bytesOf(this.dtype);
  }

  #whereabouts(): number {
    if (this.#block?.isGone) throw reused();
    if (this.#block !== undefined) return this.#block.address + this.#offset;
    if (this.#generation !== generation) throw expired();
    return this.#address;
  }

  /** Lets the numbers outlive the arena: long ones stay where they are, short ones move to an array. */
  keep(): this {
    if (this.#values !== undefined || this.#single !== undefined || this.#block !== undefined)
      return this;
    const address = this.#whereabouts();
    if (this.size === 1) {
      this.#single = this.first;
      return this;
    }
    const room = release(address);
    if (room === undefined) void this.values;
    else {
      this.#offset = 0;
      this.#block = keepPlace(address, room, () => this.#leave());
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
    return this.size === 1 ? Storage.single(this.first, this.dtype) : Storage.of(this.values);
  }

  /** The same numbers, from now on at hand in every generation: for what is used again and again. */
  lasting(): this {
    this.keep();
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

/** A loop is faster than slice for the few numbers of a small result. */
function copied(numbers: Values, start: number, size: number): Values {
  if (size > 16) return numbers.slice(start, start + size);
  const copy = emptyValues(size, numbers instanceof Float32Array ? "float32" : "float64");
  for (let i = 0; i < size; i++) copy[i] = numbers[start + i]!;
  return copy;
}

/** A function, since V8 does not compile private getters: each would cost more than what it gives. */
const bytesIn = ({ size, dtype }: Extent): number => size * bytesOf(dtype);

/** So many bytes with the slack that kernels may touch, up to where the next list may begin. */
const spaced = (bytes: number): number => (bytes + 32 + 31) & ~31;

/** Empty numbers of a kind. */
export function emptyValues(size: number, dtype: DType): Values {
  return dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
}

function reused(): ReferenceError {
  return new ReferenceError(
    "This tensor was a result of a function compiled with reuse, which has been called again since.\n" +
      "Hint: read what you need before the next call, or compile without { reuse: true }.",
  );
}

export const bytesOf = (dtype: DType): 4 | 8 => (dtype === "float64" ? 8 : 4);

function expired(): ReferenceError {
  return new ReferenceError(
    "This tensor was computed inside a derivative that has ended, and its memory is in use again.\n" +
      "Hint: call .keep() on it inside the function to be able to read it afterwards.",
  );
}
