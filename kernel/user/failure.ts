import { inspect } from "node:util";
import { isInside, withoutVersions } from "../display/index.ts";
import type { Failure } from "../link/index.ts";

/** What was thrown, in words and places; any value can be thrown, and asking it may throw again. */
export function failureOf(thrown: unknown, depth = 0): Failure {
  try {
    if (thrown instanceof Error || looksLikeError(thrown)) return errorFailure(thrown, depth);
    return { ename: "Thrown", evalue: inspect(thrown), stack: [] };
  } catch {
    return { ename: "Error", evalue: "something that cannot be shown was thrown", stack: [] };
  }
}

/** Errors of another realm, for example of `vm`, are errors too. */
const looksLikeError = (value: unknown): value is Error =>
  Object.prototype.toString.call(value) === "[object Error]";

function errorFailure(error: Error, depth: number): Failure {
  const own = String(error.name || "Error");
  const ename = own === "Error" ? error.constructor?.name || own : own;
  const causes = error.cause !== undefined && depth < 8;
  const [facts, parts] = [factsOf(error), partsOf(error, depth)];
  return {
    ename,
    evalue: cut(String(error.message)),
    stack: calls(error),
    ...(facts === undefined ? {} : { facts }),
    ...(causes ? { cause: failureOf(error.cause, depth + 1) } : {}),
    ...(parts.length > 0 ? { parts } : {}),
  };
}

/** A message that is longer than anyone reads is cut with a count, because it is sent four times. */
const cut = (message: string): string =>
  message.length <= longest
    ? message
    : `${message.slice(0, longest)}… ${message.length - longest} more characters`;

/** Characters; as many as of a text that is shown. */
const longest = 10_000;

/** What an error carries beside its message, such as a code or a status: single values that the message does not tell. */
function factsOf(error: Error): string | undefined {
  // Its message was made of what it carries, or instead of it.
  if (error.name === "AssertionError") return undefined;
  const own = Object.entries(Object.getOwnPropertyDescriptors(error)).filter(
    ([name, { enumerable, value }]) =>
      enumerable &&
      !toldOtherwise.has(name) &&
      isSingle(value) &&
      !error.message.includes(String(value)),
  );
  if (own.length === 0) return undefined;
  const facts = Object.fromEntries(own.map(([name, { value }]) => [name, value]));
  return inspect(facts, { maxStringLength: 200, breakLength: Number.POSITIVE_INFINITY });
}

const toldOtherwise: ReadonlySet<string> = new Set(["name", "message", "stack", "errno"]);

const isSingle = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "bigint";

/** Of an error that stands for several, the first ten. */
function partsOf(error: Error, depth: number): Failure[] {
  if (!(error instanceof AggregateError) || !Array.isArray(error.errors) || depth >= 8) return [];
  return error.errors.slice(0, 10).map((part) => failureOf(part, depth + 4));
}

const placesOfImports = new WeakMap<object, string>();

/**
 * Notes which import of a cell brought an error; its stack cannot know, because imports run before the cell's
 * first line. The latest counts: a module that cannot be loaded throws the same error at each import.
 */
export function broughtBy(place: string | undefined, error: unknown): void {
  if (typeof error !== "object" || error === null) return;
  if (place === undefined) placesOfImports.delete(error);
  else placesOfImports.set(error, place);
}

/** The calls from where it was thrown out to the cell; what called the cell is no news. */
function calls(error: Error): string[] {
  const lines = String(error.stack ?? "").split("\n");
  // V8 finds some mistakes only when it compiles: then the place stands above the message.
  if (/^In\[[\d*]+\]:\d+$/.test(lines[0]!)) {
    return [`    at ${lines[0]}:${Math.max(lines[2]?.indexOf("^") ?? 0, 0) + 1}`];
  }
  const cell = lines.findLastIndex((line) => /\bIn\[[\d*]+\]:/.test(line));
  const own = (cell < 0 ? lines : lines.slice(0, cell + 1)).filter(isCall).map(withoutVersions);
  const place = placesOfImports.get(error);
  return place === undefined ? own : [...own, `    at ${place}`];
}

/** A line of the stack that is the learner's or a library's. */
const isCall = (line: string): boolean => /^\s+at /.test(line) && !isInside(line);
