import { inspect, types } from "node:util";
import { formOf, type Shown, show, text } from "../display/index.ts";
import type { DisplayOptions } from "../given/index.ts";
import type { FromUser } from "../link/index.ts";
import { currentCell } from "./cells.ts";
import { reserve, send } from "./channel.ts";

/** Shows a value as an output of the cell, in the richest form that the front end knows. */
export function display(value: unknown, options: DisplayOptions = {}): void {
  showWith(show(value), options, false);
}

const as =
  (type: string) =>
  (form: unknown, options: DisplayOptions = {}): void =>
    showForm(type, form, options, false);

/** Shows one form of something, with a text for front ends that do not know the form. */
export function showForm(
  type: string,
  form: unknown,
  options: DisplayOptions,
  update: boolean,
): void {
  const shown = formOf(type, form);
  showWith(
    { data: { "text/plain": inText(type, shown), [type]: shown }, metadata: {} },
    options,
    update,
  );
}

/** What front ends show that know only text. */
function inText(type: string, shown: unknown): string {
  if (typeof shown !== "string") return text(shown);
  return type.startsWith("text/") && type !== "text/html" ? shown : `[${type}]`;
}

display.html = as("text/html");
display.markdown = as("text/markdown");
display.latex = as("text/latex");
display.json = as("application/json");
display.svg = as("image/svg+xml");
/** PNG bytes, or their base 64. */
display.png = as("image/png");

/** Replaces what was displayed under this id, wherever it stands. */
display.update = (id: string, value: unknown): void =>
  showWith(show(value), { id: checkedId(id) }, true);

/** Takes away the cell's outputs; with `wait`, only when the next one comes. */
display.clear = ({ wait = false }: { readonly wait?: boolean } = {}): void =>
  send({ type: "clear", cell: currentCell().id, wait: wait === true });

/** Shows what is already in its forms. */
export function showWith(
  shown: Shown | Promise<Shown>,
  { id }: DisplayOptions,
  update: boolean,
): void {
  if (id !== undefined) checkedId(id);
  const cell = currentCell().id;
  const message = ({ data, metadata }: Shown): FromUser => ({
    ...{ type: "display", cell, data, metadata, update },
    ...(id === undefined ? {} : { id }),
  });
  if (types.isPromise(shown)) settle(cell, inPlace(shown.then(message)));
  else send(message(shown));
}

/** Puts a display that takes a moment where it was asked for. */
async function inPlace(making: Promise<FromUser>): Promise<void> {
  const put = reserve();
  try {
    put(await making);
  } catch (error) {
    put();
    throw error;
  }
}

function checkedId(id: unknown): string {
  if (typeof id === "string") return id;
  throw new TypeError(
    `The id of a display is a text, but this one is ${inspect(id, { depth: 0 })}.\nHint: display(1, { id: "sum" }), and then display.update("sum", 2).`,
  );
}

/** Displays that are still being made, each with its cell. */
const pending = new Map<Promise<void>, number>();

function settle(cell: number, shown: Promise<void>): void {
  const settled = shown.finally(() => pending.delete(settled));
  pending.set(settled, cell);
}

const pendingOf = (cell: number) =>
  [...pending].flatMap(([shown, own]) => (own === cell ? [shown] : []));

/** Waits for a cell's displays that are still being made; they belong before the end of the cell. */
export async function displaysShown(cell: number): Promise<void> {
  for (let own = pendingOf(cell); own.length > 0; own = pendingOf(cell)) await Promise.all(own);
}

export const displaysPending = (cell: number): boolean => pendingOf(cell).length > 0;
