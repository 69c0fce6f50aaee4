/** In which order edits at one place stand: what closes there, what ends there, what opens there, what is replaced. */
const orders = { close: 0, end: 1, open: 2, replace: 3 } as const;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly order: keyof typeof orders;
}

/** The source with all edits made, and the way back from a place in it to the place in the source. */
export interface Edited {
  readonly code: string;
  /** The offset in the source that this offset of the code came from. */
  readonly sourceOffset: (offset: number) => number;
}

/**
 * Changes to a text, noted first and made together.
 * Every change keeps the number of lines, so a line of the code is the same line of the source.
 */
export class Edits {
  readonly source: string;
  readonly #edits: Edit[] = [];
  readonly #ends = new Set<number>();

  constructor(source: string) {
    this.source = source;
  }

  /** Writes something before what begins here; of several, what is noted first stands outermost. */
  open(position: number, text: string): void {
    this.#edits.push({ start: position, end: position, text, order: "open" });
  }

  /** Writes something behind what ends here; of several, what is noted first stands outermost. */
  close(position: number, text: string): void {
    this.#edits.unshift({ start: position, end: position, text, order: "close" });
  }

  /** Ends a statement here. */
  end(position: number): void {
    this.#edits.push({ start: position, end: position, text: ";", order: "end" });
  }

  replace(start: number, end: number, text: string): void {
    this.#change(start, end, text + newlines(this.source.slice(start, end)));
  }

  /** Writes spaces over a part, so that everything else stays where it is. */
  blank(start: number, end: number): void {
    if (end > start) this.#change(start, end, spaces(this.source.slice(start, end)));
  }

  /** Blanks a part but leaves a semicolon in it, where the next line could otherwise be read as its continuation. */
  blankToSemicolon(start: number, end: number): void {
    this.#change(start, end, `;${spaces(this.source.slice(start + 1, end))}`);
  }

  /** Whether a change reaches up to this position. */
  endsAt(position: number): boolean {
    return this.#ends.has(position);
  }

  #change(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, order: "replace" });
    this.#ends.add(end);
  }

  apply(): Edited {
    const ordered = this.#edits.toSorted(
      (a, b) => a.start - b.start || orders[a.order] - orders[b.order],
    );
    const starts: { code: number; source: number; until: number }[] = [];
    let code = "";
    let position = 0;
    for (const { start, end, text } of ordered) {
      // An edit inside a part that has been replaced already has nothing left to change.
      if (start < position) continue;
      starts.push({ code: code.length, source: position, until: start });
      code += this.source.slice(position, start);
      starts.push({ code: code.length, source: start, until: end });
      code += text;
      position = end;
    }
    starts.push({ code: code.length, source: position, until: this.source.length });
    code += this.source.slice(position);
    const sourceOffset = (offset: number) => {
      const piece = starts.findLast((start) => start.code <= offset) ?? starts[0]!;
      return Math.min(piece.source + (offset - piece.code), Math.max(piece.until, piece.source));
    };
    return { code, sourceOffset };
  }
}

/** Whether a line ends in a text. */
export const hasBreak = (text: string): boolean => breaks.test(text);

/** Only what reaches over lines is looked at letter by letter. */
const spaces = (text: string): string =>
  breaks.test(text) ? text.replace(noBreak, " ") : " ".repeat(text.length);

const newlines = (text: string): string => (breaks.test(text) ? text.replace(noBreak, "") : "");

const breaks = /[\r\n\u2028\u2029]/;
const noBreak = /[^\r\n\u2028\u2029]/g;
