import type { FromUser } from "../link/index.ts";

/** Milliseconds for which outputs wait for a display before them that is still being made. */
const longest = 1000;

/** Milliseconds after which a cell that has not paused will not do so soon, and keeps the display from being made. */
const patience = 50;

// A cell may put others in their place.
const [clock, later] = [performance.now.bind(performance), setTimeout];

/** The place of a message among others; one that is still being made has none yet. */
interface Place {
  message: FromUser | undefined;
  open: boolean;
}

/** Outputs on their way to the host. */
export interface InOrder {
  readonly write: (message: FromUser) => void;
  /** Keeps a place for an output. @returns what puts it there, or gives the place up */
  readonly reserve: () => (message?: FromUser) => void;
  /** Lets go what waits. */
  readonly release: () => void;
}

/**
 * Keeps outputs in the order in which a cell made them: what comes after a display that takes a moment waits for it,
 * but not for long, because a loop that never pauses keeps it from ever being made.
 */
export function inOrder(out: (message: FromUser) => void): InOrder {
  const line: Place[] = [];
  let [begun, paused] = [0, 0];
  const leave = ({ message }: Place) => message && out(message);
  const release = () => {
    for (const place of line.splice(0)) leave(place);
  };
  const write = (message: FromUser) => {
    if (line.length > 0 && waits(message) && clock() - paused < patience) {
      line.push({ message, open: false });
      return;
    }
    release();
    out(message);
  };
  const wait = () => {
    paused = clock();
    if (paused - begun > longest) release();
    if (line.length > 0) later(wait, patience / 2).unref();
  };
  const reserve = () => {
    const place: Place = { message: undefined, open: true };
    if (line.length === 0) {
      begun = clock();
      later(wait, patience / 2).unref();
      paused = begun;
    }
    line.push(place);
    return (message?: FromUser) => {
      if (!line.includes(place)) return leave({ message, open: false });
      Object.assign(place, { message, open: false });
      while (line[0] && !line[0].open) leave(line.shift()!);
    };
  };
  return { write, reserve, release };
}

/** What a cell shows; what it asks, or how it ends, cannot wait. */
const waits = ({ type }: FromUser): boolean =>
  type === "stream" || type === "display" || type === "clear";
