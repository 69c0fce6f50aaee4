import type { State } from "./comms.ts";
import { Widget } from "./Widget.ts";
import type { Widgets } from "./Widgets.ts";

const controls = { module: "@jupyter-widgets/controls", version: "2.0.0" };
const base = { module: "@jupyter-widgets/base", version: "2.0.0" };

/** A widget with a value that the reader can change. */
export class Control<Value> extends Widget {
  /** Where the value lives in the state; a list of choices keeps its place there, not the value. */
  readonly #key: string;
  readonly #read: (part: unknown) => Value;
  readonly #write: (value: Value) => unknown;

  constructor(widgets: Widgets, state: State, as: Reading<Value>) {
    super(widgets, state);
    this.#key = as.key;
    this.#read = as.read;
    this.#write = as.write;
  }

  get value(): Value {
    return this.#read(this.get(this.#key));
  }
  set value(value: Value) {
    this.set({ [this.#key]: this.#write(value) });
  }

  /** Calls back with every new value, whether it was set here or in the notebook. */
  onChange(listener: (value: Value) => void | Promise<void>): void {
    this.on(this.#key, () => listener(this.value));
  }
}

/** A control of whatever value, to be read and followed. */
export type AnyControl = Widget & {
  readonly value: unknown;
  onChange(listener: (value: unknown) => void | Promise<void>): void;
};

/** How a control's value stands in its state. */
export interface Reading<Value> {
  readonly key: string;
  readonly read: (part: unknown) => Value;
  readonly write: (value: Value) => unknown;
}

/** The value stands in the state as it is. */
export function plainly<Value>(): Reading<Value> {
  // The front end sends a number for a slider, a text for a text field: its own part of the protocol.
  return { key: "value", read: (part) => part as Value, write: (value) => value };
}

/** The state that every visible widget named `name` (for example "IntSlider") has. */
export function viewed(widgets: Widgets, name: string, state: State, style?: string): State {
  return {
    ...modelled(name, controls),
    _view_module: controls.module,
    _view_module_version: controls.version,
    _view_name: `${name}View`,
    _dom_classes: [],
    tabbable: null,
    tooltip: null,
    layout: new Widget(widgets, { ...modelled("Layout", base), ...viewOf("LayoutView") }),
    ...(style && {
      style: new Widget(widgets, {
        ...modelled(style, controls),
        ...viewOf("StyleView"),
        ...(style === "ButtonStyle" ? {} : { description_width: "initial" }),
      }),
    }),
    ...state,
  };
}

function modelled(name: string, { module, version }: typeof controls): State {
  return {
    _model_module: module,
    _model_module_version: version,
    _model_name: `${name}Model`,
  };
}

/** Layouts and styles have views without a face, which live in the base module. */
function viewOf(name: string): State {
  return {
    _view_module: base.module,
    _view_module_version: base.version,
    _view_name: name,
  };
}
