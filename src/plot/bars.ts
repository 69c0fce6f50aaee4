import { fill } from "./look.ts";
import type { Trace } from "./plotly.ts";

/** Bars of one series, hatched so that colour is not the only difference. */
export const barTrace = (
  name: string,
  index: number,
  x: readonly unknown[],
  y: readonly number[],
): Trace => ({ type: "bar", name, x, y, marker: fill(index) });
