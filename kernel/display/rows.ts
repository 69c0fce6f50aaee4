import { inspect, types } from "node:util";
import type { Show } from "./Shown.ts";
import { text } from "./structure.ts";

type Row = Readonly<Record<string, unknown>>;

/** More than anyone reads; what is left out is counted. */
const maxRows = 60;
const maxColumns = 30;

/** A list of plain objects is a table of rows: one column for each key, in the order in which they first come. */
export const rows: Show = (value) => {
  if (!isRows(value)) return undefined;
  const shown = value.slice(0, maxRows);
  const keys = [...new Set(shown.flatMap(Object.keys))];
  if (keys.length === 0) return undefined;
  const columns = keys.slice(0, maxColumns);
  const head = columns.map((key) => `<th scope="col">${escaped(key)}</th>`).join("");
  const body = shown.map((row, i) => `<tr><th scope="row">${i}</th>${cells(row, columns)}</tr>`);
  const rest = [
    ...counted(value.length - shown.length, "row"),
    ...counted(keys.length - columns.length, "column"),
  ];
  const note = rest.length === 0 ? "" : `<p>… ${rest.join(" and ")}</p>`;
  const table = `<table><thead><tr><th></th>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return { data: { "text/html": table + note, "text/plain": text(value) }, metadata: {} };
};

function isRows(value: unknown): value is readonly Row[] {
  // What a proxy holds, only its handler could say, and that may do anything; Node shows it without asking.
  return !types.isProxy(value) && Array.isArray(value) && value.length > 0 && value.every(isPlain);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const cells = (row: Row, columns: readonly string[]): string =>
  columns.map((key) => cell(fieldOf(row, key))).join("");

/** A field that is computed is not computed only because its row is looked at. */
function fieldOf(row: Row, key: string): unknown {
  const field = Object.getOwnPropertyDescriptor(row, key);
  if (!field) return "";
  return field.get ? "[Getter]" : field.value;
}

/** What is short stays in one line, where `1e-12` would break behind its dash, and what is long gets room for several words. */
function cell(value: unknown): string {
  const text = inShort(value);
  const width = text.length > wide ? "min-width: 20em" : "white-space: nowrap";
  const number = typeof value === "number" || typeof value === "bigint";
  // Digits stand below each other.
  return `<td style="${width}${number ? "; text-align: right" : ""}">${escaped(text)}</td>`;
}

/** Characters from which on a value may take several lines. */
const wide = 40;

/** A value in one line; of an error without its calls. */
function inShort(value: unknown): string {
  const text = typeof value === "string" ? value : inspect(value, brief);
  const line = types.isNativeError(value) ? text.split("\n", 1)[0]! : text;
  return line.length > longest
    ? `${line.slice(0, longest)}… ${line.length - longest} more characters`
    : line;
}

const brief = { depth: 0, maxArrayLength: 6, breakLength: Number.POSITIVE_INFINITY };

/** Characters. */
const longest = 200;

const counted = (count: number, what: string): string[] =>
  count > 0 ? [`${count} more ${what}${count === 1 ? "" : "s"}`] : [];

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
