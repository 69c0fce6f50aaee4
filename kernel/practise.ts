import { practiseMessages } from "./wire/index.ts";

/** How often everything is done at once, and how often in all: after so many rounds V8 has made fast what a cell needs. */
const rounds = { first: 3, all: 150 };

/** Milliseconds between two rounds. V8 takes few orders at a time, and forgets those that it cannot take. */
const pause = 5;

/** What practice asks of the kernel around it. */
interface Around {
  /** Whether nobody waits. */
  readonly isResting: () => boolean;
  /** Called when nobody waits for the first time. */
  readonly tune: () => void;
  /** What else is done in each round from then on. */
  readonly also: () => Promise<unknown>;
}

/**
 * Reads, compiles and writes for nothing, so that the first cells of a session find a kernel that has run: V8 makes a
 * function fast only after some calls. It takes a quarter of a second of this thread and half of one of V8's own, in
 * steps between which everything else comes. After the first rounds it goes on only while nobody waits.
 */
export async function practise({ isResting, tune, also }: Around): Promise<void> {
  const { practiseCompiling } = await import("./compile/index.ts");
  for (let round = 0; round < rounds.all; ) {
    if (round < rounds.first || isResting()) {
      if (round === rounds.first) tune();
      await practiseCompiling();
      practiseMessages();
      if (round >= rounds.first) await also();
      round += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, pause).unref());
  }
}
