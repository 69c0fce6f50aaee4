/** Something that stands in the notebook and can be changed there or here. */
export interface Widget {
  /** One part of its state, by the names of the ipywidgets protocol. */
  get(name: string): unknown;
  /** Changes parts of its state, here and in the notebook. */
  set(changes: Readonly<Record<string, unknown>>): void;
  /** Takes it away for good. */
  close(): void;
}

/** A widget with a value that the reader can change. */
export interface Control<Value> extends Widget {
  value: Value;
  /** Calls back with every new value, whether it was set here or in the notebook. */
  onChange(listener: (value: Value) => void | Promise<void>): void;
}

/** A control of whatever value. */
export type AnyControl = Widget & {
  readonly value: unknown;
  onChange(listener: (value: unknown) => void | Promise<void>): void;
};

interface Described {
  /** The words in front of it, or on it. */
  readonly description?: string;
}

export interface SliderOptions<Value = number> extends Described {
  readonly min: number;
  readonly max: number;
  /** Where the slider stands first. Default: in the middle. */
  readonly value?: Value;
  /** Distance between two positions. Default: 1 for whole numbers, else a hundredth of the way. */
  readonly step?: number;
}

export interface DropdownOptions<Value> extends Described {
  /** What there is to choose from, or values by the names that are shown. */
  readonly options: readonly Value[] | Readonly<Record<string, Value>>;
  /** The one chosen first. Default: the first. */
  readonly value?: Value;
}

export interface TickOptions extends Described {
  /** Default: false. */
  readonly value?: boolean;
}

export interface TextOptions extends Described {
  /** Default: empty. */
  readonly value?: string;
  /** What stands in the field while it is empty. */
  readonly placeholder?: string;
}

export interface ProgressBarOptions extends Described {
  /** Default: 0. */
  readonly min?: number;
  /** Default: 1. */
  readonly max?: number;
  /** How far it is. Default: at its start. */
  readonly value?: number;
}

/** Sliders, boxes and buttons to put together freely; `interact` makes them by itself. */
export interface Controls {
  /**
   * A slider over whole numbers.
   *
   * @example
   * const degree = controls.intSlider({ min: 1, max: 9, description: "degree" });
   * degree.onChange((value) => display.update("chosen", value));
   */
  intSlider(options: SliderOptions): Control<number>;
  /**
   * A slider over numbers.
   *
   * @example
   * controls.floatSlider({ min: -1, max: 1, value: 0.5, description: "w" })
   */
  floatSlider(options: SliderOptions): Control<number>;
  /**
   * A slider that multiplies: from 0.001 to 0.01 is as far as from 0.1 to 1.
   *
   * @throws {RangeError} when an end is not above 0.
   * @example
   * controls.logSlider({ min: 1e-4, max: 1, description: "learning rate" })
   */
  logSlider(options: SliderOptions): Control<number>;
  /**
   * A slider with two handles; its value is the pair of both.
   *
   * @example
   * controls.rangeSlider({ min: 0, max: 1, value: [0.25, 0.75] })
   */
  rangeSlider(
    options: SliderOptions<readonly [number, number]>,
  ): Control<readonly [number, number]>;
  /**
   * A list to choose one of; names are shown as they are, other values by their names in a record.
   *
   * @example
   * controls.dropdown({ options: ["GD", "Adam"], description: "optimizer" })
   */
  dropdown<const Value>(options: DropdownOptions<Value>): Control<Value>;
  /**
   * A box to tick.
   *
   * @example
   * controls.checkbox({ description: "normalise", value: true })
   */
  checkbox(options?: TickOptions): Control<boolean>;
  /**
   * A button that stays down until it is pressed again.
   *
   * @example
   * controls.toggle({ description: "logarithmic" })
   */
  toggle(options?: TickOptions): Control<boolean>;
  /**
   * A field for a line of text. Its value is taken over with every key.
   *
   * @example
   * controls.text({ placeholder: "a formula, for example x^2" })
   */
  text(options?: TextOptions): Control<string>;
  /**
   * A button that calls back when it is pressed.
   *
   * @example
   * controls.button("Again", () => display.update("chosen", "pressed"))
   */
  button(description: string, onClick?: () => void): Widget;
  /**
   * A bar that fills up; set its `value`.
   *
   * @example
   * const bar = controls.progress({ max: 10 });
   * bar.value = 3;
   */
  progress(options?: ProgressBarOptions): Control<number>;
  /**
   * A place for outputs among other widgets; `value` is the bundles it shows.
   *
   * @example
   * controls.output().value = [{ "text/plain": "ready" }];
   */
  output(): Control<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * Widgets below each other.
   *
   * @example
   * controls.vbox(controls.checkbox({ description: "bias" }), controls.button("Train"))
   */
  vbox(...children: readonly Widget[]): Widget;
  /**
   * Widgets beside each other.
   *
   * @example
   * controls.hbox(controls.button("Back"), controls.button("On"))
   */
  hbox(...children: readonly Widget[]): Widget;
  /**
   * Widgets behind each other, one tab with its title for each.
   *
   * @example
   * controls.tabs({ data: controls.checkbox(), model: controls.text() })
   */
  tabs(pages: Readonly<Record<string, Widget>>): Widget;
}

/** Sliders, boxes and buttons to put together freely; `interact` makes them by itself. */
export declare const controls: Controls;
