import { reserve } from "./memory.ts";
import { giveBack, roomFor, take } from "./pool.ts";

/**
 * Where results of operations live: taken one after the other, given back all at once.
 * While a derivative is being taken nothing is given back, since the way back needs every result;
 * otherwise the arena is cleared after each operation.
 */

interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** Kernels may touch up to two vectors behind the last number. */
const slack = 32;
const smallestChunk = 2 ** 20;

const chunks: Chunk[] = [];
let current = -1;
let top = 0;
let end = 0;
let users = 0;

/** Counts how often the arena was cleared: what was computed in another generation is gone. */
export let generation = 1;

/** Long results get places of their own, so that they can stay when the arena is cleared. */
const long = 2 ** 18;
const places = new Map<number, number>();

/** Room for so many bytes, until the arena is cleared; in a place of its own if it may well be kept. */
export function allocate(bytes: number): number {
  if (bytes >= long) return allocatePlace(bytes);
  const room = (bytes + slack + 31) & ~31;
  if (top + room > end) nextChunk(room);
  const start = top;
  top += room;
  return start;
}

function allocatePlace(bytes: number): number {
  const room = roomFor(bytes + slack);
  const address = take(room);
  places.set(address, room);
  return address;
}

/** Takes a long result out of the arena: gives the size of its place, which the caller now owns. */
export function release(address: number): number | undefined {
  const room = places.get(address);
  places.delete(address);
  return room;
}

function nextChunk(room: number): void {
  do current++;
  while (current < chunks.length && chunks[current]!.end - chunks[current]!.start < room);
  if (current === chunks.length) {
    const held = chunks.reduce((sum, chunk) => sum + chunk.end - chunk.start, 0);
    const bytes = Math.max(smallestChunk, room, held);
    const start = reserve(bytes);
    chunks.push({ start, end: start + bytes });
  }
  top = chunks[current]!.start;
  end = chunks[current]!.end;
}

/** Runs a part during which results stay where they are. */
export function holding<Result>(part: () => Result): Result {
  hold();
  try {
    return part();
  } finally {
    letGo();
  }
}

/** From now on results stay where they are, until whoever says this lets go. */
export function hold(): void {
  users++;
}

/** Ends one holding; with the last one everything is given back. */
export function letGo(): void {
  users--;
  if (users === 0) clear();
}

/** Whether results may stay in the arena for now. */
export function isHeld(): boolean {
  return users > 0;
}

/** Gives everything back. */
export function clear(): void {
  generation++;
  if (places.size > 0) {
    for (const [address, room] of places) giveBack(address, room);
    places.clear();
  }
  current = chunks.length > 0 ? 0 : -1;
  top = chunks[0]?.start ?? 0;
  end = chunks[0]?.end ?? 0;
}
