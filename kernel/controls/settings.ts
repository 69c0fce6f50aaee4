import type { Setting } from "../given/index.ts";
import { type AnyControl, Control } from "./Control.ts";
import { checkbox, dropdown, text } from "./choices.ts";
import { floatSlider, intSlider, logSlider } from "./sliders.ts";
import type { Widgets } from "./Widgets.ts";

/** @throws {TypeError} when no control fits the setting. */
export function controlFor(widgets: Widgets, description: string, setting: Setting): AnyControl {
  if (setting instanceof Control) return setting;
  return plainControl(widgets, description, setting);
}

function plainControl(widgets: Widgets, description: string, setting: Setting): AnyControl {
  if (typeof setting === "boolean") return checkbox(widgets, { value: setting, description });
  if (typeof setting === "string") return text(widgets, { value: setting, description });
  if (typeof setting === "number") return around(widgets, setting, description);
  if (isNames(setting)) return dropdown(widgets, { options: setting, description });
  if (isEnds(setting)) return between(widgets, setting, description);
  throw new TypeError(
    `No control fits the setting "${description}".\nHint: [0, 1], [1e-3, 1, "log"], ["one", "two"], true, or a control such as controls.intSlider({ min: 0, max: 9 }).`,
  );
}

function around(widgets: Widgets, value: number, description: string): Control<number> {
  const [min, max] = value === 0 ? [-1, 1] : [Math.min(0, 2 * value), Math.max(0, 2 * value)];
  return floatSlider(widgets, { min, max, value, description });
}

type Ends = readonly [from: number, to: number, step?: number | "log"];

function between(widgets: Widgets, [min, max, step]: Ends, description: string): Control<number> {
  if (step === "log") return logSlider(widgets, { min, max, description });
  if (step !== undefined) return stepped(widgets, { min, max, step, description });
  const isCounted = Number.isInteger(min) && Number.isInteger(max) && max - min >= 5;
  return (isCounted ? intSlider : floatSlider)(widgets, { min, max, description });
}

type Stepped = { min: number; max: number; step: number; description: string };

function stepped(widgets: Widgets, options: Stepped): Control<number> {
  const { min, max, step } = options;
  const middle = min + step * Math.round((max - min) / (2 * step));
  const make = [min, max, step].every(Number.isInteger) ? intSlider : floatSlider;
  return make(widgets, { ...options, value: middle });
}

export function isNames(setting: unknown): setting is readonly string[] {
  return (
    Array.isArray(setting) &&
    setting.length > 0 &&
    setting.every((each) => typeof each === "string")
  );
}

export function isEnds(setting: unknown): setting is Ends {
  if (!Array.isArray(setting)) return false;
  const [from, to, step] = setting;
  const isStep = step === undefined || step === "log" || typeof step === "number";
  return typeof from === "number" && typeof to === "number" && isStep && setting.length <= 3;
}
