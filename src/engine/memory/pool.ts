import { reserve } from "./memory.ts";

/** Places in the memory that are given back one by one and used again. */
const free = new Map<number, number[]>();

/** Sizes come in steps of a quarter of a power of two, so that a place fits others later. */
export function roomFor(bytes: number): number {
  const step = 2 ** Math.max(5, Math.floor(Math.log2(bytes)) - 2);
  return Math.ceil(bytes / step) * step;
}

/** A place of a size that roomFor gave. */
export function take(room: number): number {
  return free.get(room)?.pop() ?? reserve(room);
}

export function giveBack(address: number, room: number): void {
  const places = free.get(room);
  if (places === undefined) free.set(room, [address]);
  else places.push(address);
}
