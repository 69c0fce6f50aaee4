/** A pause, which can be ended before its time. */
export interface Pause {
  readonly over: Promise<undefined>;
  /** Ends it for nobody: `over` is not done. */
  readonly end: () => void;
}

interface Waiting {
  readonly due: number;
  readonly resolve: (nothing: undefined) => void;
}

/**
 * Begins pauses of so many milliseconds. One timer serves them all: of cells that follow one another without rest
 * each begins a pause and ends it at once, and to set and clear a timer would take longer than all else of that.
 */
export function pauses(milliseconds: number): () => Pause {
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = undefined;
    const now = performance.now();
    for (const one of waiting) {
      // Those behind it began later.
      if (one.due > now) return void lookAfter(one.due - now);
      waiting.delete(one);
      one.resolve(undefined);
    }
  };
  const lookAfter = (time: number) => {
    timer = setTimeout(look, time);
  };
  return () => {
    let one: Waiting;
    const over = new Promise<undefined>((resolve) => {
      one = { due: performance.now() + milliseconds, resolve };
      waiting.add(one);
    });
    if (timer === undefined) lookAfter(milliseconds);
    return { over, end: () => void waiting.delete(one) };
  };
}
