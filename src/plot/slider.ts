import { axesHeldStill } from "./axesHeldStill.ts";
import { differing, valueAt } from "./differences.ts";
import { Figure } from "./Figure.ts";
import { sliderLook } from "./look.ts";
import { counted, say } from "./numbers.ts";
import type { Attributes, Layout, Trace } from "./plotly.ts";

/** Beyond these a notebook grows heavy: positions of the slider, characters of the whole figure. */
const mostSteps = 25;
const mostCharacters = 300_000;

export interface SliderOptions<Value> {
  /** The value shown first. Default: the one in the middle. */
  readonly start?: Value;
}

/**
 * One figure with a slider over the values of a parameter. Every position is computed now and
 * travels inside the figure, so it works in a saved notebook, with no kernel running.
 * Axes without a range of their own keep still while the slider moves.
 *
 * @throws RangeError for no value, or more than 25.
 * @example
 * const powers = plot.slider("power", [1, 2, 3], (power) => plot.fn({ f: (x) => x ** power }));
 * powers.layout.sliders[0].steps.length // → 3
 */
export function slider<Value extends number | string>(
  name: string,
  values: readonly Value[],
  figureOf: (value: Value) => Figure,
  options: SliderOptions<Value> = {},
): Figure {
  const active = startingStep(name, values, options.start);
  const figures = axesHeldStill(padded(values.map((value) => still(figureOf(value)))));
  for (const detail of [
    { every: 1, digits: 6 },
    { every: 1, digits: 4 },
    { every: 2, digits: 4 },
    { every: 4, digits: 3 },
  ]) {
    const baked = bake(name, values, figures, { ...detail, active });
    if (JSON.stringify(baked).length <= mostCharacters) return baked;
  }
  throw new RangeError(
    `slider needs figures that fit into ${counted(mostCharacters, "character")} together, but these ${values.length} do not.\nHint: fewer values of ${name}, or fewer points in each figure.`,
  );
}

function startingStep<Value>(
  name: string,
  values: readonly Value[],
  start: Value | undefined,
): number {
  if (values.length === 0 || values.length > mostSteps)
    throw new RangeError(
      `slider needs 1 to ${mostSteps} values of ${name}, but got ${values.length}.\nHint: each position is a whole figure inside the notebook.`,
    );
  if (start === undefined) return Math.floor(values.length / 2);
  const index = values.indexOf(start);
  if (index >= 0) return index;
  throw new RangeError(
    `start must be one of the values of ${name}, but ${start} is not among them.\nHint: the values are ${values.join(", ")}.`,
  );
}

function still(figure: Figure): Figure {
  if (!figure.frames && !figure.layout.sliders) return figure;
  throw new TypeError(
    "slider needs figures that stand still, but this one has an animation or a slider of its own.\nHint: leave out animate: true.",
  );
}

/** Every step gets as many traces as the richest; what a step lacks is there but hidden. */
function padded(figures: readonly Figure[]): readonly Figure[] {
  const richest = figures.reduce((best, each) =>
    each.data.length > best.data.length ? each : best,
  );
  return figures.map((figure) => {
    const missing = richest.data.slice(figure.data.length);
    const hidden = missing.map((trace): Trace => ({ ...trace, visible: false }));
    return new Figure({ ...figure, data: [...figure.data, ...hidden] });
  });
}

interface Detail {
  /** Keep every first, second or fourth position, and the last. */
  readonly every: number;
  readonly digits: number;
  readonly active: number;
}

function bake(
  name: string,
  values: readonly (number | string)[],
  figures: readonly Figure[],
  { every, digits, active }: Detail,
): Figure {
  const kept = [...values.keys()].filter(
    (k) => k % every === active % every || k === values.length - 1,
  );
  const shown = figures[active]!;
  const changes = stepsBetween(
    kept.map((k) => figures[k]!),
    digits,
  );
  const steps = kept.map((k, index) => ({
    label: label(values[k]!),
    method: "update",
    args: changes[index],
  }));
  const thinned =
    every > 1
      ? ` ${values.length} values were thinned to ${kept.length} to keep the figure small.`
      : "";
  const places = [...new Set([kept[0]!, active, kept.at(-1)!])];
  const alt = `A slider over ${name} with ${kept.length} positions from ${label(values[kept[0]!]!)} to ${label(values[kept.at(-1)!]!)}.${thinned} ${places.map((k) => `At ${label(values[k]!)}: ${figures[k]!.alt}`).join(" ")}`;
  const room = (shown.layout.height ?? 380) + 80;
  return new Figure({
    ...shown,
    layout: {
      ...shown.layout,
      height: room,
      meta: { alt },
      sliders: [{ ...sliderLook(`${name} = `), active: kept.indexOf(active), steps }],
    },
  });
}

const label = (value: number | string): string => (typeof value === "number" ? say(value) : value);

/** For each step what plotly's `update` needs: changed trace attributes, changed layout, which traces. */
function stepsBetween(figures: readonly Figure[], digits: number): unknown[] {
  const count = figures[0]!.data.length;
  const traceChanges = Array.from({ length: count }, (_, index) =>
    differing(figures.map(({ data }) => data[index]!)),
  );
  const changed = [...traceChanges.keys()].filter((index) => traceChanges[index]!.length > 0);
  const attributes = [...new Set(traceChanges.flat())];
  const layoutChanges = differing(figures.map(({ layout }) => withoutWords(layout)));
  return figures.map(({ data, layout }) => {
    const values = (path: string) => changed.map((index) => valueAt(data[index]!, path) ?? null);
    const restyle = attributes.map((path) => [path, short(values(path), digits)]);
    const relayout = layoutChanges.map((path) => [
      path,
      short(valueAt(layout, path) ?? null, digits),
    ]);
    return [Object.fromEntries(restyle), Object.fromEntries(relayout), changed];
  });
}

const withoutWords = ({ meta, ...layout }: Layout): Attributes => layout;

function short(value: unknown, digits: number): unknown {
  if (typeof value === "number" && !Number.isInteger(value))
    return Number(value.toPrecision(digits));
  if (Array.isArray(value)) return value.map((each) => short(each, digits));
  return value;
}
