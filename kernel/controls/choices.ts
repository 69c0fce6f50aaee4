import type { DropdownOptions, TextOptions, TickOptions } from "../given/index.ts";
import { Control, plainly, viewed } from "./Control.ts";
import type { Widgets } from "./Widgets.ts";

/** A list to choose one of; names are shown as they are, other values by their names in a record. */
export function dropdown<Value>(
  widgets: Widgets,
  { options, value, description = "" }: DropdownOptions<Value>,
): Control<Value> {
  const named: readonly (readonly [string, Value])[] = Array.isArray(options)
    ? options.map((each: Value) => [String(each), each])
    : Object.entries(options);
  const values = named.map(([, each]) => each);
  const place = (wanted: Value): number => {
    const index = values.indexOf(wanted);
    if (index >= 0) return index;
    throw new RangeError(
      `This dropdown offers ${named.map(([name]) => name).join(", ")}, but not ${String(wanted)}.`,
    );
  };
  if (named.length === 0)
    throw new RangeError("A dropdown needs at least one option, but got none.");
  const state = {
    _options_labels: named.map(([name]) => name),
    index: value === undefined ? 0 : place(value),
    description,
    disabled: false,
  };
  return new Control<Value>(widgets, viewed(widgets, "Dropdown", state, "DescriptionStyle"), {
    key: "index",
    read: (index) => values[Number(index)] as Value,
    write: place,
  });
}

/** A box to tick. */
export function checkbox(
  widgets: Widgets,
  { value = false, description = "" }: TickOptions = {},
): Control<boolean> {
  const state = { value, description, indent: false, disabled: false };
  return new Control(widgets, viewed(widgets, "Checkbox", state, "CheckboxStyle"), plainly());
}

/** A button that stays down until it is pressed again. */
export function toggle(
  widgets: Widgets,
  { value = false, description = "" }: TickOptions = {},
): Control<boolean> {
  const state = { value, description, icon: "", button_style: "", disabled: false };
  return new Control(
    widgets,
    viewed(widgets, "ToggleButton", state, "ToggleButtonStyle"),
    plainly(),
  );
}

/** A field for a line of text. Its value is taken over with every key. */
export function text(
  widgets: Widgets,
  { value = "", description = "", placeholder = "" }: TextOptions = {},
): Control<string> {
  const state = { value, description, placeholder, continuous_update: true, disabled: false };
  return new Control(widgets, viewed(widgets, "Text", state, "TextStyle"), plainly());
}
