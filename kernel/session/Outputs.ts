/** Printed text on its way to the front end. */
export interface Outputs {
  readonly write: (name: "stdout" | "stderr", text: string) => void;
  /** Publishes what waits; called before anything else is published, so that order is kept. */
  readonly flush: () => void;
  /** Whether an output of this many bytes may still be shown; says once that it may not. */
  readonly admits: (bytes: number) => boolean;
}

/** Milliseconds between two messages of printed text: often enough to look immediate. */
const pause = 20;

/**
 * Collects printed text into few messages, in order. After `cap` characters the rest of the cell's text is
 * dropped, and the text says so.
 */
export function outputs(
  publish: (name: "stdout" | "stderr", text: string) => void,
  cap: number,
): Outputs {
  let waiting: { name: "stdout" | "stderr"; parts: string[] } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let room = cap;
  let shown = share * cap;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { name, parts } = waiting;
    waiting = undefined;
    last = performance.now();
    publish(name, parts.join(""));
  };
  const write: Outputs["write"] = (name, text) => {
    if (room < 0) return;
    room -= text.length;
    const kept = room < 0 ? `${text.slice(0, text.length + room)}${cutNote(cap)}` : text;
    if (waiting && waiting.name !== name) flush();
    waiting ??= { name, parts: [] };
    waiting.parts.push(kept);
    if (performance.now() - last >= pause) flush();
    else timer ??= setTimeout(flush, pause);
  };
  const admits: Outputs["admits"] = (bytes) => {
    if (shown < 0) return false;
    shown -= bytes;
    if (shown < 0) publish("stdout", shownNote(cap));
    return shown >= 0;
  };
  return { write, flush, admits };
}

/** A picture takes more room than a line; a cell may show this many times what it may print. */
const share = 8;

const shownNote = (cap: number): string =>
  `\n… the rest is left out: this cell showed more than ${share * cap} bytes.\n`;

const cutNote = (cap: number): string =>
  `\n… the rest is left out: this cell printed more than ${cap} characters.\n`;
