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

/** Where a sign stands first, from an offset on; what comments say does not count. No string may stand between. */
export function signAfter(text: string, from: number, sign: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(sign, at)) return at;
    if (text.startsWith("/*", at)) at = text.indexOf("*/", at) + 1;
    else if (text.startsWith("//", at)) {
      lineEnd.lastIndex = at;
      at = lineEnd.exec(text)?.index ?? text.length;
    }
  }
  return -1;
}

const lineEnd = /[\r\n\u2028\u2029]/g;
