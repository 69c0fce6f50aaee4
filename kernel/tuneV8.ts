import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";

/**
 * Sets flags of V8 for the host, which calls the same functions for every message of a session: they are to be made
 * fast after some dozens of calls. V8 waits for thousands by itself, as suits a page that calls most of its own but
 * once, and half of a cell's time in the host went by in functions that were not fast yet.
 *
 * They come when the kernel has started, because V8 takes over only what was compiled under the same flags, and
 * Node.js's own modules were compiled under none.
 */
export function tuneV8(): void {
  // What this process keeps for later ones must have been compiled under none either.
  if (process.env.DOWNHILL_KEEP_COMPILED) return;
  for (const flag of flagsFor(versions.node)) setFlagsFromString(flag);
}

/** The flags for a version of Node.js. Of an unknown one nothing is known, not even whether it has them. */
export function flagsFor(version: string): readonly string[] {
  const [major = ""] = version.split(".");
  return flagsByMajor[major] ?? [];
}

/**
 * What the host makes is gone with the message that it was made for. V8 would let the place for new objects
 * grow all the same: after 500 cells by 14 MB on Node 22 and 24, and time would not be saved by it.
 */
const smallPlaceForNew = "--semi-space-growth-factor=1";

/** The compiler that V8 has between its first and its last makes a function fast in a tenth of a millisecond. */
const soonByMaglev = [
  "--invocation-count-for-maglev=30",
  "--invocation-count-for-turbofan=2000",
  "--minimum-invocations-after-ic-update=20",
];

/** Where that one is off, the last compiler takes some milliseconds for a large function. */
const soonByTurbofan = [
  "--invocation-count-for-turbofan=50",
  "--minimum-invocations-after-ic-update=10",
];

const flagsByMajor: Readonly<Record<string, readonly string[]>> = {
  20: [smallPlaceForNew, "--interrupt-budget=4000"],
  22: [smallPlaceForNew, ...soonByTurbofan],
  24: [smallPlaceForNew, ...soonByMaglev],
  26: [smallPlaceForNew, ...soonByMaglev],
};
