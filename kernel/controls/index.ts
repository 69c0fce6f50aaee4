import type { Controls, Setting, Values } from "../given/index.ts";
import { checkbox, dropdown, text, toggle } from "./choices.ts";
import type { Comms } from "./comms.ts";
import { type Display, interact, type Stage } from "./interact.ts";
import { button, hbox, output, progress, tabs, vbox } from "./others.ts";
import { floatSlider, intSlider, logSlider, rangeSlider } from "./sliders.ts";
import type { Widget } from "./Widget.ts";
import { Widgets } from "./Widgets.ts";
import { watchTraining } from "./watchTraining.ts";

export type { Comms } from "./comms.ts";
export type { Display } from "./interact.ts";

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

function makers(widgets: Widgets): Controls {
  return {
    intSlider: (options) => intSlider(widgets, options),
    floatSlider: (options) => floatSlider(widgets, options),
    logSlider: (options) => logSlider(widgets, options),
    rangeSlider: (options) => rangeSlider(widgets, options),
    dropdown: (options) => dropdown(widgets, options),
    checkbox: (options) => checkbox(widgets, options),
    toggle: (options) => toggle(widgets, options),
    text: (options) => text(widgets, options),
    button: (description, onClick) => button(widgets, description, onClick),
    progress: (options) => progress(widgets, options),
    output: () => output(widgets),
    vbox: (...children: readonly Widget[]) => vbox(widgets, children),
    hbox: (...children: readonly Widget[]) => hbox(widgets, children),
    tabs: (pages: Readonly<Record<string, Widget>>) => tabs(widgets, pages),
  };
}
