/** A value as a sentence can carry it: six significant digits, long lists shortened. */
export function written(value: unknown): string {
  if (typeof value === "number") return writtenNumber(value);
  if (typeof value === "function") return writtenFunction(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isTensor(value)) return written(value.toArray());
  if (isList(value)) return writtenList([...value]);
  if (value instanceof Map) return `Map ${writtenList([...value])}`;
  if (value instanceof Set) return `Set ${writtenList([...value])}`;
  return `{ ${Object.entries(value)
    .map(([name, entry]) => `${name}: ${written(entry)}`)
    .join(", ")} }`;
}

/** A sentence, without what is too long to be read in a table. */
export const cut = (sentence: string): string =>
  sentence.length > longest
    ? `${sentence.slice(0, longest)}… (${sentence.length - longest} more characters)`
    : sentence;

const longest = 400;

/** What kind of thing a value is, in words: “an array of 3”, “nothing (undefined)”. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing (undefined)";
  if (value === null) return "null";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isPromise(value)) return "a promise";
  if (isTensor(value)) return `a tensor of shape [${value.shape?.join(", ") ?? "?"}]`;
  if (isList(value)) return `an array of ${value.length}`;
  if (value instanceof Map || value instanceof Set)
    return `a ${value instanceof Map ? "Map" : "Set"} of ${value.size}`;
  return oddityOf(value) ?? `a record with ${Object.keys(value).join(", ") || "no entries"}`;
}

/** The only name in the record that stands for something that is no data, such as a promise. */
export const oddity = "is no data";

/** What such a record stands for, in words. */
export function oddityOf(value: object): string | undefined {
  const what = Object.hasOwn(value, oddity) && (value as Readonly<Record<string, unknown>>)[oddity];
  return typeof what === "string" ? what : undefined;
}

export interface TensorLike {
  readonly shape?: readonly number[];
  toArray(): unknown;
}

export function isTensor(value: object): value is TensorLike {
  return "toArray" in value && typeof value.toArray === "function";
}

export function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}

/** Arrays and typed arrays. */
export function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Short functions as their code, others by their name. */
function writtenFunction(value: object): string {
  const code = String(value);
  if (code.length <= 40 && !/\n|\[native code\]/.test(code)) return code;
  return "name" in value && value.name ? String(value.name) : "a function";
}

function writtenNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function writtenList(entries: readonly unknown[]): string {
  const shown = entries.length > 8 ? entries.slice(0, 6) : entries;
  const rest = entries.length > 8 ? ", …" : "";
  return `[${shown.map(written).join(", ")}${rest}]`;
}
