import { reserve } from "./memory.ts";

/** A lasting place in the memory for a copy of numbers that are used again and again, such as the training data. */
export interface Block {
  readonly address: number;
  readonly bytes: number;
  /** Called when the place is given to others. */
  readonly leave: () => void;
}

/** All residences together; when they fill it, the one unused for longest gives way. */
const budget = 256 * 2 ** 20;
const slack = 32;

/** In the order of last use, oldest first (a Set keeps the order of insertion). */
const residents = new Set<Block>();
let held = 0;
const free = new Map<number, number[]>();

/** A place for so many bytes, or none if they alone would fill half of the budget. */
export function takeBlock(bytes: number, leave: () => void): Block | undefined {
  const room = roomFor(bytes);
  if (room > budget / 2) return undefined;
  while (held + room > budget) evict(residents.values().next().value!);
  const address = free.get(room)?.pop() ?? reserve(room);
  const block = { address, bytes: room, leave };
  residents.add(block);
  held += room;
  return block;
}

/** Sizes come in steps of a quarter of a power of two, so that a place fits others later. */
function roomFor(bytes: number): number {
  const needed = bytes + slack;
  const step = 2 ** Math.max(5, Math.floor(Math.log2(needed)) - 2);
  return Math.ceil(needed / step) * step;
}

function evict(block: Block): void {
  residents.delete(block);
  held -= block.bytes;
  const places = free.get(block.bytes) ?? [];
  places.push(block.address);
  free.set(block.bytes, places);
  block.leave();
}

/** Its address; it counts as just used. */
export function touch(block: Block): number {
  residents.delete(block);
  residents.add(block);
  return block.address;
}
