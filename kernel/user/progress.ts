import { inspect } from "node:util";
import type { ProgressOptions } from "../given/index.ts";
import { currentCell, inCell } from "./cells.ts";
import { showWith } from "./display.ts";
import { bar, words } from "./progressWords.ts";

/**
 * Goes through the items and shows in one line how far it is: how many of how many, and how long
 * the rest may take. The line stays where it is and changes ten times a second at most. A loop within
 * a loop takes the same line again each time, if its label is the same.
 */
export function progress<Item>(items: Iterable<Item>, options?: ProgressOptions): Iterable<Item>;
export function progress<Item>(
  items: AsyncIterable<Item>,
  options?: ProgressOptions,
): AsyncIterable<Item>;
export function progress<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { label = "", total = countOf(items) }: ProgressOptions = {},
): Iterable<Item> | AsyncIterable<Item> {
  if (total !== undefined) checkTotal(total);
  const line = lineOf(label, total);
  if (isIterable<AsyncIterable<Item>>(items, Symbol.asyncIterator)) return followAsync(items, line);
  if (isIterable<Iterable<Item>>(items, Symbol.iterator)) return follow(items, line);
  throw new TypeError(
    `progress goes through a list, or what else for … of takes, but this is ${inspect(items, { depth: 0 })}.\nHint: for five steps, progress([...Array(5).keys()]).`,
  );
}

const isIterable = <Kind>(items: unknown, by: symbol): items is Kind =>
  items !== undefined && items !== null && by in Object(items);

function checkTotal(total: unknown): void {
  if (typeof total === "number" && total >= 0 && total < Number.POSITIVE_INFINITY) return;
  throw new RangeError(
    `The total of a progress line is how many items there will be, but this is ${inspect(total, { depth: 0 })}.\nHint: leave it out where nobody knows.`,
  );
}

function countOf(items: unknown): number | undefined {
  const { length, size } = Object(items) as { readonly length?: unknown; readonly size?: unknown };
  const count = typeof items === "function" ? undefined : (length ?? size);
  return typeof count === "number" ? count : undefined;
}

function* follow<Item>(items: Iterable<Item>, line: Line): Generator<Item, void> {
  line.begin();
  try {
    for (const item of items) {
      yield item;
      line.step();
    }
  } finally {
    line.end();
  }
}

async function* followAsync<Item>(
  items: AsyncIterable<Item>,
  line: Line,
): AsyncGenerator<Item, void> {
  line.begin();
  try {
    for await (const item of items) {
      yield item;
      line.step();
    }
  } finally {
    line.end();
  }
}

type Line = ReturnType<typeof lineOf>;

const clock = performance.now.bind(performance);

/** Milliseconds between two states of the line. */
const pause = 100;

function lineOf(label: string, total: number | undefined) {
  let place: Place | undefined;
  let done = 0;
  let started = clock();
  let shown = 0;
  const show = (ended: boolean) => {
    if (!place) return;
    shown = clock();
    const state = { label, total, done, ended, seconds: (shown - started) / 1000 };
    // Before the first item of an unknown number there is nothing to say, but the line has its place.
    const data = { "text/html": bar(state), "text/plain": words(state) };
    showWith({ data, metadata: {} }, { id: place.id }, place.taken);
    place.taken = true;
  };
  const end = () => {
    show(true);
    place?.leave();
    // A loop that was interrupted may still come to its own end.
    place = undefined;
  };
  return {
    begin: () => {
      started = clock();
      const cell = currentCell();
      const ends = () => inCell(cell, end);
      // An interrupt ends the loop where it is.
      cell.ends.add(ends);
      place = placeFor(cell.id, label, () => cell.ends.delete(ends));
      show(false);
    },
    step: () => {
      done += 1;
      if (clock() - shown >= pause) show(false);
    },
    end,
  };
}

/** Where a line stands in the outputs of its cell. */
interface Place {
  readonly id: string;
  /** Whether something stands there already. */
  taken: boolean;
  readonly leave: () => void;
}

/** The lines of a cell that are at work, and the places of those that ended meanwhile, by their labels. */
interface Lines {
  working: number;
  readonly left: Map<string, string>;
}

const linesOfCells = new Map<number, Lines>();

/** A place for a line; within a loop that is still at work, that of the last one with the same label. */
function placeFor(cell: number, label: string, left: () => void): Place {
  const lines = linesOfCells.get(cell) ?? { working: 0, left: new Map<string, string>() };
  linesOfCells.set(cell, lines);
  const known = lines.left.get(label);
  lines.left.delete(label);
  lines.working += 1;
  const id = known ?? crypto.randomUUID();
  const leave = () => {
    lines.working -= 1;
    lines.left.set(label, id);
    if (lines.working === 0) linesOfCells.delete(cell);
    left();
  };
  return { id, taken: known !== undefined, leave };
}
