import { extent } from "./numbers.ts";
import { axisKey } from "./panels.ts";
import type { Axis, Layout, Trace } from "./plotly.ts";

/**
 * Log axes with ticks at powers of ten: every one, or every second, third … if there are many.
 * Within a single power plotly's own choice is better, which adds 2 and 5.
 */
export function logTicks(layout: Layout, traces: readonly Trace[]): Layout {
  const ticked = Object.entries(layout).filter(([, each]) => isLogAxis(each));
  return Object.fromEntries(
    ticked.map(([key, each]) => {
      const decades = reachOf(key, traces);
      const dtick = decades > 10 ? Math.ceil(decades / 8) : 1;
      return [key, decades < 1.2 ? each : { ...(each as Axis), dtick }];
    }),
  );
}

const isLogAxis = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "type" in value && value.type === "log";

/** How many powers of ten the data on an axis spans. */
function reachOf(key: string, traces: readonly Trace[]): number {
  const letter = key.startsWith("x") ? "x" : "y";
  const own = traces.filter((trace) => ownAxis(trace, letter) === key);
  const values = own.flatMap((trace) => Array.from(trace[letter] ?? []));
  const positive = values.filter((value) => typeof value === "number" && value > 0) as number[];
  const [least, greatest] = extent(positive) ?? [1, 1];
  return Math.log10(greatest / least);
}

/** The layout's name of the axis on which a trace lies. */
export const ownAxis = (trace: Trace, letter: "x" | "y"): string =>
  axisKey(letter, Number(String(trace[`${letter}axis`] ?? letter).slice(1) || 1) - 1);
