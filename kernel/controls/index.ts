import { checkbox, dropdown, text, toggle } from "./choices.ts";
import type { Comms } from "./comms.ts";
import { type Display, interact, type Stage, type Values } from "./interact.ts";
import { button, hbox, output, progress, tabs, vbox } from "./others.ts";
import type { Setting } from "./settings.ts";
import { floatSlider, intSlider, logSlider, rangeSlider } from "./sliders.ts";
import type { Widget } from "./Widget.ts";
import { Widgets } from "./Widgets.ts";
import { watchTraining } from "./watchTraining.ts";

export type { Comms } from "./comms.ts";
export type { Display, Values } from "./interact.ts";
export type { Setting } from "./settings.ts";

/** The controls of a session, connected with its front end, as cells use them. */
export function controlsOf(comms: Comms, display: Display) {
  const widgets = new Widgets(comms);
  const stage: Stage = { widgets, display };
  return {
    controls: makers(widgets),
    /** Shows controls, and what `draw` makes of their values whenever one is moved. */
    interact: <const Settings extends Readonly<Record<string, Setting>>>(
      settings: Settings,
      draw: (values: Values<Settings>) => unknown,
    ): void => interact(stage, settings, draw),
    /** Looks on at a training run, as the library asks for it; `onEnd` hears how to end the run early. */
    watch: (onEnd: (end: () => void) => void) => watchTraining(stage, onEnd),
  };
}

type Options<Make extends (widgets: Widgets, options: never) => unknown> = Parameters<Make>[1];

function makers(widgets: Widgets) {
  return {
    intSlider: (options: Options<typeof intSlider>) => intSlider(widgets, options),
    floatSlider: (options: Options<typeof floatSlider>) => floatSlider(widgets, options),
    logSlider: (options: Options<typeof logSlider>) => logSlider(widgets, options),
    rangeSlider: (options: Options<typeof rangeSlider>) => rangeSlider(widgets, options),
    dropdown: <const Value>(options: Parameters<typeof dropdown<Value>>[1]) =>
      dropdown<Value>(widgets, options),
    checkbox: (options?: Options<typeof checkbox>) => checkbox(widgets, options),
    toggle: (options?: Options<typeof toggle>) => toggle(widgets, options),
    text: (options?: Options<typeof text>) => text(widgets, options),
    button: (description: string, onClick?: () => void) => button(widgets, description, onClick),
    progress: (options?: Options<typeof progress>) => progress(widgets, options),
    output: () => output(widgets),
    vbox: (...children: readonly Widget[]) => vbox(widgets, children),
    hbox: (...children: readonly Widget[]) => hbox(widgets, children),
    tabs: (pages: Readonly<Record<string, Widget>>) => tabs(widgets, pages),
  };
}
