import type { plot } from "../../src/index.ts";
import type { Setting } from "../given/index.ts";
import { startOf, stepsOf } from "./steps.ts";

type Make = (values: Readonly<Record<string, unknown>>) => unknown;

/**
 * What `draw` shows, for readers without a kernel: a figure with the first setting that has positions
 * as its own slider and the others at their start, or simply the first thing drawn.
 */
export async function bake(
  settings: Readonly<Record<string, Setting>>,
  draw: Make,
): Promise<unknown> {
  const start = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, startOf(setting)]),
  );
  const first = await draw(start);
  const { plot } = await import("../../src/index.ts");
  const name = sliderName(settings);
  if (name === undefined || !(first instanceof plot.Figure)) return first;
  const figures = await figuresOf(stepsOf(settings[name]!), (value) =>
    draw({ ...start, [name]: value }),
  );
  return plot.slider(name, [...figures.keys()], (value) => figures.get(value)!, {
    start: start[name] as number | string,
  });
}

/** Numbers make the better slider; names come second. */
function sliderName(settings: Readonly<Record<string, Setting>>): string | undefined {
  const movable = Object.keys(settings).filter((name) => stepsOf(settings[name]!).length > 1);
  const numeric = movable.find((name) => typeof stepsOf(settings[name]!)[0] === "number");
  return numeric ?? movable[0];
}

/** Positions at which nothing can be drawn are left out. */
async function figuresOf(
  values: readonly (number | string)[],
  draw: (value: number | string) => unknown,
): Promise<ReadonlyMap<number | string, plot.Figure>> {
  const figures = new Map<number | string, plot.Figure>();
  for (const value of values) {
    try {
      figures.set(value, (await draw(value)) as plot.Figure);
    } catch {
      // The slider has no such position; the start was drawn before and would have told its reason.
    }
  }
  return figures;
}
