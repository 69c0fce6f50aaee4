import type { Place } from "./sourceMap.ts";

/** The offset of a place in a text. */
export function offsetOf(text: string, { line, column }: Place): number {
  let start = 0;
  for (let before = 1; before < line; before++) start = text.indexOf("\n", start) + 1;
  return start + column;
}

/** The place of an offset in a text. */
export function placeAt(text: string, offset: number): Place {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return { line: linesOf(text)(offset), column: offset - start };
}

/** Tells the line of each offset in a text, from 1. */
export function linesOf(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => ends.findLastIndex((end) => end < offset) + 2;
}
