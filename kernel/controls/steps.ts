import type { Setting } from "../given/index.ts";
import { isEnds, isNames } from "./settings.ts";

/** How many positions a slider keeps when it is baked into a figure. */
const baked = 21;

/**
 * The positions of a setting in a figure without a kernel behind it, and where it starts; none for
 * what cannot be a slider there.
 */
export function stepsOf(setting: Setting): readonly (number | string)[] {
  if (isNames(setting)) return setting.slice(0, 25);
  if (!isEnds(setting)) return [];
  const [from, to, step] = setting;
  if (step === "log")
    return evenly(Math.log10(from), Math.log10(to), baked).map((power) => rounded(10 ** power));
  const isCounted = Number.isInteger(from) && Number.isInteger(to) && to - from >= 5;
  const distance = typeof step === "number" ? step : isCounted ? 1 : (to - from) / (baked - 1);
  const count = Math.floor((to - from) / distance + 1e-9) + 1;
  if (count <= 25)
    return Array.from({ length: count }, (_, index) => rounded(from + index * distance));
  return evenly(from, to, baked).map((value) =>
    rounded(from + distance * Math.round((value - from) / distance)),
  );
}

/** What a setting is while nobody moves it: the same as its control shows first. */
export function startOf(setting: Setting): unknown {
  if (isNames(setting)) return setting[0];
  const steps = stepsOf(setting);
  if (steps.length > 0) return steps[Math.floor(steps.length / 2)];
  return typeof setting === "object" && "value" in setting ? setting.value : setting;
}

function evenly(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}

/** Without the dust of arithmetic: 0.30000000000000004 is 0.3 on a slider. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
