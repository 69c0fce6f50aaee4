/** Characters of a line that is shown whole. */
const longest = 80;

/** Characters that are shown of a longer one: what fits beside a file browser on a small screen. */
const width = 60;

/** A line of a cell as it is pointed into. */
export interface Excerpt {
  readonly text: string;
  /** Blanks, and below the place the mark. */
  readonly mark: string;
}

/**
 * A line with a mark under one of its columns, which count from 0. Of a long line the part around the column is
 * shown: a line that wraps has its mark under another word.
 */
export function excerpt(line: string, column: number): Excerpt {
  const at = Math.max(0, column);
  if (line.length <= longest) return { text: line, mark: markBelow(line, at) };
  // Where a line begins tells most of it.
  const from = at < (2 * width) / 3 ? 0 : Math.min(at - width / 2, line.length - width);
  const head = from > 0 ? "…" : "";
  const tail = line.length > from + width ? "…" : "";
  const text = `${head}${withoutHalves(line.slice(from, from + width))}${tail}`;
  return { text, mark: markBelow(text, at - from + head.length) };
}

/** A tab stays one, as wide as that above. */
const markBelow = (text: string, column: number): string =>
  `${text.slice(0, column).replace(/[^\t]/g, " ").padEnd(column)}^`;

/** Half of a character that takes two units is none. */
const withoutHalves = (text: string): string =>
  text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, " ");
