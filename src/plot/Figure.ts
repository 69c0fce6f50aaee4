import { jupyterDisplay } from "../shown.ts";
import { isRecord } from "./differences.ts";
import type { Attributes, Config, Frame, Layout, Trace } from "./plotly.ts";

/** What a figure is made of: plain plotly JSON. */
export interface FigureParts {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly config: Config;
  readonly frames?: readonly Frame[];
}

/** A change to part of an object: what it names is replaced, the rest stays. */
export type Patch<T> = {
  readonly [Key in keyof T]?: T[Key] extends Attributes | undefined ? Attributes : T[Key];
};

/**
 * A picture as plain plotly JSON. Whatever plotly can do stays in reach: `with` changes the layout,
 * `trace` one of the curves, and both return a new figure.
 *
 * @example
 * const figure = plot.fn(Math.abs).with({ yaxis: { range: [0, 10] } });
 * figure.layout.yaxis.range // → [0, 10]
 */
export class Figure {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly config: Config;
  declare readonly frames?: readonly Frame[];

  constructor({ data, layout, config, frames }: FigureParts) {
    this.data = data;
    this.layout = layout;
    this.config = config;
    if (frames) this.frames = frames;
  }

  /** The picture in words, computed from its data: for screen readers, terminals and graders. */
  get alt(): string {
    return this.layout.meta?.alt ?? "";
  }

  /**
   * The same figure with parts of its plotly layout replaced.
   *
   * @example
   * plot.fn(Math.abs).with({ title: { text: "Absolute value" } }).layout.title.text // → "Absolute value"
   */
  with(layout: Patch<Layout>): Figure {
    return figureOf({ ...this, layout: merged(this.layout, layout) });
  }

  /**
   * The same figure with parts of trace number `index` replaced, counted from 0.
   *
   * @throws RangeError when there is no such trace.
   * @example
   * plot.fn(Math.abs).trace(0, { line: { width: 5 } }).data[0].line.width // → 5
   */
  trace(index: number, patch: Patch<Trace>): Figure {
    const trace = this.data[index];
    if (!trace)
      throw new RangeError(
        `trace needs the number of one of the ${this.data.length} traces of this figure, but got ${index}.\nHint: traces are counted from 0; figure.data shows them.`,
      );
    return figureOf({ ...this, data: this.data.with(index, merged(trace, patch)) });
  }

  /** What a notebook shows: the figure for front ends that draw, the words for all others. */
  [jupyterDisplay](): Record<string, unknown> {
    return { "application/vnd.plotly.v1+json": { ...this }, "text/plain": this.alt };
  }
}

/** Stands outside the class: a class that names itself inside is shown as `_Figure` once it is bundled. */
const figureOf = (parts: FigureParts): Figure => new Figure(parts);

function merged<T extends object>(old: T, patch: object): T {
  const changes = Object.entries(patch).map(([key, value]) => {
    const before: unknown = old[key as keyof T];
    return [key, isRecord(before) && isRecord(value) ? merged(before, value) : value];
  });
  return { ...old, ...Object.fromEntries(changes) };
}
