import type { Setting, Values } from "../given/index.ts";
import { jupyterDisplay } from "../jupyterDisplay.ts";
import { bake } from "./bake.ts";
import { bundleOf } from "./bundle.ts";
import type { AnyControl } from "./Control.ts";
import { vbox } from "./others.ts";
import { controlFor } from "./settings.ts";
import type { Widgets } from "./Widgets.ts";

/** Shows a value in the notebook, or replaces what was shown under the id. */
export interface Display {
  (value: unknown, options?: { readonly id?: string }): void;
  update(id: string, value: unknown): void;
}

/** What `interact` works with. */
export interface Stage {
  readonly widgets: Widgets;
  readonly display: Display;
}

/**
 * Shows a control for each setting, and below them what `draw` makes of their values, anew whenever
 * one is moved. Where no front end knows widgets, the first slider is baked into the figure itself.
 *
 * @throws {TypeError} when no control fits a setting.
 */
export function interact<const Settings extends Readonly<Record<string, Setting>>>(
  stage: Stage,
  settings: Settings,
  draw: (values: Values<Settings>) => unknown,
): void {
  // From here on names and values go together only by their places; the types above hold them to it.
  const make = draw as (values: Readonly<Record<string, unknown>>) => unknown;
  if (stage.widgets.areSeen) showLive(stage, settings, make);
  else stage.display(shownLater(() => bake(settings, make)));
}

type Make = (values: Readonly<Record<string, unknown>>) => unknown;

function showLive(
  { widgets, display }: Stage,
  settings: Readonly<Record<string, Setting>>,
  make: Make,
): void {
  const controls = Object.entries(settings).map(
    ([name, setting]) => [name, controlFor(widgets, name, setting)] as const,
  );
  const values = () => Object.fromEntries(controls.map(([name, { value }]) => [name, value]));
  const id = `interact-${crypto.randomUUID()}`;
  display(
    vbox(
      widgets,
      controls.map(([, control]) => control),
    ),
  );
  const draw = () => shownLater(() => make(values()));
  display(draw(), { id });
  whenMoved(
    controls.map(([, control]) => control),
    async () => {
      const bundle = await draw()[jupyterDisplay]();
      display.update(id, { [jupyterDisplay]: () => bundle });
    },
  );
}

/** Draws after each move, but only the newest state when moves come faster than drawings. */
function whenMoved(controls: readonly AnyControl[], draw: () => Promise<void>): void {
  let [isDrawing, isOld] = [false, false];
  const redraw = async (): Promise<void> => {
    isOld = true;
    if (isDrawing) return;
    isDrawing = true;
    while (isOld) {
      isOld = false;
      await draw();
      // Lets moves that have arrived meanwhile be noticed before the next drawing.
      await new Promise(setImmediate);
    }
    isDrawing = false;
  };
  for (const control of controls) control.onChange(redraw);
}

/** A value that is still being made, and shows itself, or why it could not be made, when it is. */
function shownLater(make: () => unknown): { [jupyterDisplay](): Promise<unknown> } {
  const made = (async () => make())().catch(explanation);
  return { [jupyterDisplay]: async () => bundleOf(await made) };
}

/** In the figure's place stands what went wrong; the controls stay, so that one can move back. */
function explanation(error: unknown): object {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const bundle = { "application/vnd.jupyter.stderr": words, "text/plain": words };
  return { [jupyterDisplay]: () => bundle };
}
