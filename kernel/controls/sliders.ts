import type { SliderOptions } from "../given/index.ts";
import { Control, plainly, viewed } from "./Control.ts";
import type { Widgets } from "./Widgets.ts";

/** A slider over whole numbers. */
export function intSlider(
  widgets: Widgets,
  { min, max, step = 1, value = Math.round((min + max) / 2), description = "" }: SliderOptions,
): Control<number> {
  checkEnds(min, max);
  const state = { min, max, step, value, description, readout_format: "d", ...drag };
  return new Control(widgets, viewed(widgets, "IntSlider", state, "SliderStyle"), plainly());
}

/** A slider over numbers. */
export function floatSlider(
  widgets: Widgets,
  { min, max, step = (max - min) / 100, value = (min + max) / 2, description = "" }: SliderOptions,
): Control<number> {
  checkEnds(min, max);
  const state = { min, max, step, value, description, readout_format: ".3~g", ...drag };
  return new Control(widgets, viewed(widgets, "FloatSlider", state, "SliderStyle"), plainly());
}

/** A slider that multiplies: from 0.001 to 0.01 is as far as from 0.1 to 1. */
export function logSlider(
  widgets: Widgets,
  { min, max, step = 0.05, value = Math.sqrt(min * max), description = "" }: SliderOptions,
): Control<number> {
  checkEnds(min, max);
  if (min <= 0)
    throw new RangeError(
      `A log slider needs ends above 0, but got ${min} and ${max}.\nHint: for example [1e-3, 1, "log"].`,
    );
  const ends = { base: 10, min: Math.log10(min), max: Math.log10(max) };
  const state = { ...ends, step, value, description, readout_format: ".3~g", ...drag };
  return new Control(widgets, viewed(widgets, "FloatLogSlider", state, "SliderStyle"), plainly());
}

/** A slider with two handles; its value is the pair of both. */
export function rangeSlider(
  widgets: Widgets,
  {
    min,
    max,
    step = (max - min) / 100,
    value = [min + (max - min) / 4, max - (max - min) / 4],
    description = "",
  }: SliderOptions<readonly [number, number]>,
): Control<readonly [number, number]> {
  checkEnds(min, max);
  const state = { min, max, step, value, description, readout_format: ".3~g", ...drag };
  return new Control(widgets, viewed(widgets, "FloatRangeSlider", state, "SliderStyle"), plainly());
}

const drag = {
  behavior: "drag-tap",
  continuous_update: true,
  orientation: "horizontal",
  readout: true,
  disabled: false,
};

function checkEnds(min: number, max: number): void {
  if (Number.isFinite(min) && Number.isFinite(max) && min < max) return;
  throw new RangeError(`A slider needs min below max, but got ${min} and ${max}.`);
}
