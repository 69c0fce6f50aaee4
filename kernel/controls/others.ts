import type { ProgressBarOptions } from "../given/index.ts";
import { Control, plainly, viewed } from "./Control.ts";
import type { State } from "./comms.ts";
import { Widget } from "./Widget.ts";
import type { Widgets } from "./Widgets.ts";

/** A button that calls back when it is pressed. */
export function button(widgets: Widgets, description: string, onClick?: () => void): Widget {
  const state = { description, icon: "", button_style: "", disabled: false };
  const made = new Widget(widgets, viewed(widgets, "Button", state, "ButtonStyle"));
  if (onClick) made.on("click", onClick);
  return made;
}

/** A bar that fills up; set its `value`. */
export function progress(
  widgets: Widgets,
  { min = 0, max = 1, value = min, description = "" }: ProgressBarOptions = {},
): Control<number> {
  const look = { bar_style: "", orientation: "horizontal", _view_name: "ProgressView" };
  const state = { min, max, value, description, ...look };
  return new Control(widgets, viewed(widgets, "FloatProgress", state, "ProgressStyle"), plainly());
}

/** A place for outputs among other widgets; `value` is the bundles it shows. */
export function output(widgets: Widgets): Control<readonly State[]> {
  const state = {
    ...viewed(widgets, "Output", { msg_id: "", outputs: [] }),
    _model_module: "@jupyter-widgets/output",
    _model_module_version: "1.0.0",
    _view_module: "@jupyter-widgets/output",
    _view_module_version: "1.0.0",
  };
  const shown = (data: State) => ({ output_type: "display_data", data, metadata: {} });
  return new Control<readonly State[]>(widgets, state, {
    key: "outputs",
    // What is in the state was written by the line below.
    read: (outputs) => (outputs as { data: State }[]).map(({ data }) => data),
    write: (bundles) => bundles.map(shown),
  });
}

/** Widgets below each other. */
export function vbox(widgets: Widgets, children: readonly Widget[]): Widget {
  return new Widget(widgets, viewed(widgets, "VBox", { children, box_style: "" }));
}

/** Widgets beside each other. */
export function hbox(widgets: Widgets, children: readonly Widget[]): Widget {
  return new Widget(widgets, viewed(widgets, "HBox", { children, box_style: "" }));
}

/** Widgets behind each other, one tab with its title for each. */
export function tabs(widgets: Widgets, pages: Readonly<Record<string, Widget>>): Widget {
  const [titles, children] = [Object.keys(pages), Object.values(pages)];
  const state = { titles, children, box_style: "", selected_index: 0 };
  return new Widget(widgets, viewed(widgets, "Tab", state));
}
