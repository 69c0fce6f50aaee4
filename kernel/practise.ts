import { practiseMessages } from "./wire/index.ts";

/** How often everything is done: after so many rounds V8 has made fast what a cell needs. */
const rounds = 40;

/** Milliseconds between two rounds. V8 takes few orders at a time, and forgets those that it cannot take. */
const pause = 5;

/**
 * Reads, compiles and writes for nothing, so that the first cells of a session find a kernel that has run: V8 makes a
 * function fast only after some calls. It takes some tens of milliseconds, in steps between which everything else comes.
 */
export async function practise(): Promise<void> {
  const { practiseCompiling } = await import("./compile/index.ts");
  for (let round = 0; round < rounds; round++) {
    await practiseCompiling();
    practiseMessages();
    await new Promise((resolve) => setTimeout(resolve, pause).unref());
  }
}
