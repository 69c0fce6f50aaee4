import type { Figure } from "./Figure.ts";
import { ownAxis } from "./logTicks.ts";
import { extent } from "./numbers.ts";
import type { Axis, Layout, Trace } from "./plotly.ts";

/**
 * The same figures with common axes, so that what moves is the data and not the scale.
 * An axis that has a range, or holds anything but lines and points of numbers, stays as it is.
 */
export function axesHeldStill(figures: readonly Figure[]): readonly Figure[] {
  const keys = Object.keys(figures[0]!.layout).filter((key) => /^[xy]axis\d*$/.test(key));
  const common = keys.flatMap((key) => {
    const range = commonRange(figures, key);
    return range ? [[key, { range }] as const] : [];
  });
  const axes = Object.fromEntries(common);
  return figures.map((figure) => figure.with(axes as Layout));
}

function commonRange(figures: readonly Figure[], key: string): [number, number] | undefined {
  const axis = figures[0]!.layout[key] as Axis;
  const letter = key.startsWith("x") ? "x" : "y";
  const traces = figures.flatMap(({ data }) =>
    data.filter((trace) => ownAxis(trace, letter) === key),
  );
  if (axis.range || axis.autorange !== undefined || axis.type === "category") return undefined;
  if (traces.length === 0 || !traces.every(isLineOfNumbers)) return undefined;
  const values = traces
    .flatMap((trace) => trace[letter] as (number | null)[])
    .filter((v) => v !== null);
  const scaled = axis.type === "log" ? values.filter((v) => v > 0).map(Math.log10) : values;
  const ends = extent(scaled);
  if (!ends) return undefined;
  const bare =
    letter === "x" && traces.every(({ mode }) => mode === "lines") && axis.type !== "log";
  const margin = bare ? 0 : 0.06 * (ends[1] - ends[0] || Math.abs(ends[0]) || 1);
  return [ends[0] - margin, ends[1] + margin];
}

const isLineOfNumbers = ({ type, x, y }: Trace): boolean =>
  type === "scatter" &&
  [x, y].every((values) => values?.every((value) => value === null || typeof value === "number"));
