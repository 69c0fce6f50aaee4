import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { murmur2 } from "./murmur2.ts";

/** How a front end makes the same paths itself. */
export const naming = {
  hashMethod: "Murmur2",
  hashSeed: 0xc70f6907,
  tmpFilePrefix: join(tmpdir(), `downhill_${process.pid}`) + sep,
  tmpFileSuffix: ".ts",
} as const;

/** The path that stands for a cell's text; no file is there. */
export const cellPath = (text: string): string =>
  naming.tmpFilePrefix + murmur2(text, naming.hashSeed) + naming.tmpFileSuffix;
