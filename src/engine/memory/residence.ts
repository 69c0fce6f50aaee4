import { generation } from "./arena.ts";
import { giveBack, roomFor, take } from "./pool.ts";

/** A lasting place in the memory for numbers that are used again and again, such as the training data. */
export interface Block {
  readonly address: number;
  readonly room: number;
  /** The generation of the arena that used it last. */
  used: number;
  /** Whether it was given up together with the numbers in it. */
  isGone: boolean;
  /** Whether several lists lie in it, which come and go together. */
  readonly isShared: boolean;
  /** Called when the place is given to others. */
  readonly leave: () => void;
}

/** Bytes for all residences together; when they fill it, the one unused for longest gives way. */
export const budget = { bytes: 128 * 2 ** 20 };
/** Kernels may touch up to two vectors behind the last number. */
const slack = 32;

/** In the order of last use, oldest first (a Set keeps the order of insertion). */
const residents = new Set<Block>();
let held = 0;

/** A place for so many bytes, or none if they alone would fill half of the budget. */
export function takeBlock(bytes: number, leave: () => void, isShared = false): Block | undefined {
  const room = roomFor(bytes + slack);
  if (room > budget.bytes / 2) return undefined;
  makeWay(room);
  return settled({ address: take(room), room, used: generation, isGone: false, isShared, leave });
}

/** Lets numbers stay where they are, in a place taken from the pool, if the budget allows it. */
export function keepPlace(address: number, room: number, leave: () => void): Block | undefined {
  if (room > budget.bytes / 2) return undefined;
  makeWay(room);
  return settled({ address, room, used: generation, isGone: false, isShared: false, leave });
}

function settled(block: Block): Block {
  residents.add(block);
  held += block.room;
  return block;
}

function makeWay(room: number): void {
  for (const block of residents) {
    // What the work at hand uses must stay, even beyond the budget; whatever follows was used later still.
    if (held + room <= budget.bytes || block.used === generation) return;
    dismiss(block);
  }
}

/** Gives a place up, unless the work at hand still uses it or it is being given up already. */
export function leavePlace(block: Block): void {
  if (residents.has(block) && block.used !== generation) dismiss(block);
}

/** Gives a place up together with the numbers in it, unless the work at hand still uses them. */
export function surrender(block: Block): void {
  if (block.used === generation || !residents.delete(block)) return;
  held -= block.room;
  giveBack(block.address, block.room);
  block.isGone = true;
}

function dismiss(block: Block): void {
  residents.delete(block);
  held -= block.room;
  block.leave();
  giveBack(block.address, block.room);
}

/** Its address; it counts as just used. */
export function touch(block: Block): number {
  if (block.used === generation) return block.address;
  residents.delete(block);
  residents.add(block);
  block.used = generation;
  return block.address;
}
