import { inspect, types } from "node:util";
import { type Shown, show } from "../display/index.ts";

/** A value under its name, as a debugger lists it. */
export interface Listed {
  readonly name: string;
  /** One line. */
  readonly value: string;
  /** `number`, `string` and so on; of an object its class. */
  readonly type: string;
  /** What {@link Variables.open} wants to know in order to list the parts; 0 when there are none. */
  readonly variablesReference: number;
}

type Part = readonly [name: string, value: unknown];

/** What a debugger asks this process about values; it finds this under a symbol. */
export interface Variables {
  /** Lists values; those whose variable is not there yet are left out. */
  readonly list: (parts: readonly (readonly [name: string, value: () => unknown])[]) => Listed[];
  /** Lists the parts of a value that was listed before. */
  readonly open: (reference: number) => Listed[];
  readonly one: (name: string, value: unknown) => Listed;
  /** Everything that was listed is out of date. */
  readonly forget: () => void;
  /** The forms in which `display` would show a value; when nothing can be waited for, only its text. */
  readonly rich: (value: unknown, patient: boolean) => Shown | Promise<Shown>;
  /** Makes variables of the session. */
  readonly declare: (names: readonly string[]) => void;
}

/** Lets a debugger look at values. */
export function offerVariables(declare: Variables["declare"]): void {
  let opened: unknown[] = [];
  const listed = ([name, value]: Part): Listed => {
    const variablesReference = isWhole(value) ? opened.push(value) : 0;
    return { name, value: short(value), type: typeName(value), variablesReference };
  };
  const variables: Variables = {
    list: (parts) => parts.flatMap(([name, value]) => present(name, value)).map(listed),
    open: (reference) => parts(opened[reference - 1]).map(listed),
    one: (name, value) => listed([name, value]),
    forget: () => {
      opened = [];
    },
    rich: (value, patient) => {
      const shown = show(value);
      if (patient || !types.isPromise(shown)) return shown;
      return { data: { "text/plain": inspect(value) }, metadata: {} };
    },
    declare,
  };
  Object.defineProperty(globalThis, Symbol.for("downhill.variables"), { value: variables });
}

function present(name: string, value: () => unknown): Part[] {
  try {
    return [[name, value()]];
  } catch {
    // A cell that has not run to its declaration yet.
    return [];
  }
}

/** Whether a value has parts that can be listed. */
const isWhole = (value: unknown): boolean =>
  (typeof value === "object" && value !== null) ||
  (typeof value === "function" && Object.keys(value).length > 0);

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return /^class\b/.test(String(value)) ? "class" : "function";
  if (typeof value !== "object") return typeof value;
  return attempt(() => Object.getPrototypeOf(value)?.constructor?.name) || "Object";
}

/** Characters of a value on its line. */
const longest = 200;

/** What `display` writes, on one line and cut where a line ends. */
function short(value: unknown): string {
  const text = attempt(() =>
    inspect(value, {
      depth: 1,
      maxArrayLength: 20,
      maxStringLength: longest,
      breakLength: Number.POSITIVE_INFINITY,
      compact: 3,
    }),
  );
  const line = text.replace(/\s*\n\s*/g, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Parts that are listed; a front end could not show more. */
const most = 1000;

function parts(whole: unknown): Part[] {
  const { count, from } = partsOf(whole as object);
  const listed: Part[] = [];
  for (const part of from) {
    if (listed.length === most) return [...listed, [`… ${count - most} more`, undefined]];
    listed.push(part);
  }
  return listed;
}

interface Parts {
  readonly count: number;
  readonly from: Iterable<Part>;
}

function partsOf(whole: object): Parts {
  if (whole instanceof Map) return { count: whole.size, from: entries(whole) };
  if (whole instanceof Set) return { count: whole.size, from: numbered(whole) };
  if (Array.isArray(whole)) return { count: whole.length, from: numbered(whole) };
  if (ArrayBuffer.isView(whole) && !(whole instanceof DataView)) {
    const numbers = whole as Uint8Array;
    return { count: numbers.length, from: numbered(numbers) };
  }
  const hidden = whole instanceof Error ? ["message", "stack", "cause"] : [];
  const own = [...hidden.filter((name) => Object.hasOwn(whole, name)), ...Object.keys(whole)];
  const names = [...own, ...gettersOf(whole)];
  return { count: names.length, from: names.map((name): Part => [name, read(whole, name)]) };
}

function* entries(map: Map<unknown, unknown>): Generator<Part> {
  for (const [key, value] of map) yield [short(key), value];
}

function* numbered(values: Iterable<unknown>): Generator<Part> {
  let index = 0;
  for (const value of values) yield [String(index++), value];
}

/** What a class computes when it is asked, such as a tensor's shape. */
function gettersOf(whole: object): string[] {
  const prototype = Object.getPrototypeOf(whole);
  if (prototype === null || prototype === Object.prototype) return [];
  const described = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  return described.filter(([, { get }]) => get !== undefined).map(([name]) => name);
}

/** The value, or what reading it threw. */
const read = (whole: object, name: string): unknown => {
  try {
    return (whole as Readonly<Record<string, unknown>>)[name];
  } catch (error) {
    return error;
  }
};

/** A value may refuse to be looked at; then its line says so. */
function attempt(look: () => string): string {
  try {
    return look();
  } catch (error) {
    return `(cannot be shown: ${inspect(error, { depth: 0 }).split("\n")[0]})`;
  }
}
