import type { ProgressOptions } from "../given/index.ts";
import { showWith } from "./display.ts";

/**
 * Goes through the items and shows in one line how far it is: how many of how many, and how long
 * the rest may take. The line stays where it is and changes ten times a second at most.
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
  const later = typeof items === "object" && Symbol.asyncIterator in items;
  return later
    ? followAsync(items, lineOf(label, total))
    : follow(items as Iterable<Item>, lineOf(label, total));
}

function countOf(items: unknown): number | undefined {
  const { length, size } = items as { readonly length?: unknown; readonly size?: unknown };
  const count = length ?? size;
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
  const id = crypto.randomUUID();
  let done = 0;
  let started = clock();
  let shown = 0;
  const show = (update: boolean, ended: boolean) => {
    shown = clock();
    const text = words({ label, total, done, ended, seconds: (shown - started) / 1000 });
    // Before the first item of an unknown number there is nothing to say, but the line has its place.
    const data = { "text/html": bar(text, total, done, ended), "text/plain": text };
    showWith({ data, metadata: {} }, { id }, update);
  };
  return {
    begin: () => {
      started = clock();
      show(false, false);
    },
    step: () => {
      done += 1;
      if (clock() - shown >= pause) show(true, false);
    },
    end: () => show(true, true),
  };
}

interface State {
  readonly label: string;
  readonly total: number | undefined;
  readonly done: number;
  readonly ended: boolean;
  readonly seconds: number;
}

function words({ label, total, done, ended, seconds }: State): string {
  const start = label === "" ? "" : `${label}: `;
  const time = `${seconds.toFixed(1)} s`;
  if (total === undefined || total === 0) return `${start}${done} done · ${time}`;
  const percent = Math.floor((100 * done) / total);
  const rest =
    !ended && done > 0 ? `, ${((seconds * (total - done)) / done).toFixed(1)} s left` : "";
  return `${start}${percent} % · ${done} of ${total} · ${time}${rest}`;
}

function bar(text: string, total: number | undefined, done: number, ended: boolean): string {
  const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const known = total !== undefined || ended;
  const value = known ? ` value="${done}" max="${Math.max(total ?? done, 1)}"` : "";
  return `<progress${value}></progress> ${words}`;
}
