import { holding } from "../memory/arena.ts";
import { heap } from "../memory/memory.ts";
import { giveBack, roomFor, take } from "../memory/pool.ts";
import { bytesOf, type Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import { Plan, type Step } from "./Plan.ts";

/**
 * A plan whose numbers all stay in the memory from run to run. An input can be changed in place, and then
 * only those steps run again that depend on it.
 */
export class Resident {
  readonly #plan: Plan;
  readonly #addresses: number[] = [];
  readonly #region: number;
  readonly #room: number;
  readonly #inputs: readonly Storage[];
  /** The steps that depend on certain inputs, by the numbers of these inputs. */
  readonly #dependent = new Map<string, readonly Step[]>();

  constructor(inputs: readonly Storage[], calls: readonly Call[], output: Storage) {
    this.#inputs = inputs;
    this.#plan = new Plan(inputs, calls, [output]);
    let bytes = 0;
    const offsets = [...this.#plan.slots.keys()].map((storage) => {
      const offset = bytes;
      // With the slack that kernels may touch.
      bytes += (storage.size * bytesOf(storage.dtype) + 32 + 31) & ~31;
      return offset;
    });
    this.#room = roomFor(bytes);
    this.#region = take(this.#room);
    const made = new Set(this.#plan.steps.flatMap(({ writes }) => writes));
    for (const [storage, slot] of this.#plan.slots) {
      this.#addresses[slot] = this.#region + offsets[slot]!;
      if (!made.has(slot)) this.#write(storage, storage.values);
    }
    this.#run(this.#plan.steps);
  }

  /** Changes an input, without running anything yet. */
  #write(storage: Storage, numbers: ArrayLike<number>): void {
    const { dtype } = storage;
    heap[dtype].set(numbers, this.#addressOf(storage) / bytesOf(dtype));
  }

  #addressOf(storage: Storage): number {
    return this.#addresses[this.#plan.slots.get(storage)!]!;
  }

  /** Gives inputs other numbers, and runs what depends on them. */
  change(which: readonly number[], numbers: (input: number) => ArrayLike<number>): void {
    for (const input of which) this.#write(this.#inputs[input]!, numbers(input));
    const key = which.join();
    let steps = this.#dependent.get(key);
    if (steps === undefined) {
      steps = this.#stepsFrom(which);
      this.#dependent.set(key, steps);
    }
    this.#run(steps);
  }

  #stepsFrom(which: readonly number[]): readonly Step[] {
    const changed = new Set(which.map((input) => this.#plan.slots.get(this.#inputs[input]!)!));
    return this.#plan.steps.filter(({ reads, writes }) => {
      if (!reads.some((slot) => changed.has(slot))) return false;
      for (const slot of writes) changed.add(slot);
      return true;
    });
  }

  #run(steps: readonly Step[]): void {
    holding(() => {
      for (const step of steps) step.run(this.#addresses);
    });
  }

  /** A single number that the steps made. */
  first(storage: Storage): number {
    return heap[storage.dtype][this.#addressOf(storage) / bytesOf(storage.dtype)]!;
  }

  /** Gives the place back; nothing may be asked any more. */
  release(): void {
    giveBack(this.#region, this.#room);
  }
}
