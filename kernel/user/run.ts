import { types } from "node:util";
import vm from "node:vm";
import { show } from "../display/index.ts";
import type { FromUser, ToUser } from "../link/index.ts";
import { defineModule } from "./cellModules.ts";
import { beginCell, type Cell, endCell, Interrupted, inCell, stopIfDead } from "./cells.ts";
import { send } from "./channel.ts";
import { displaysPending, displaysShown } from "./display.ts";
import { broughtBy, failureOf } from "./failure.ts";
import { inNextTurn } from "./immediate.ts";
import { held, interruptible } from "./interruptible.ts";
import { exportOf, importModule, meta, require } from "./modules.ts";
import { functionOf } from "./reading.ts";

type Run = Extract<ToUser, { type: "run" }>;

const declared = new Set<string>();
/** The cells that run: one in each shell at most. */
const running = new Map<number, Cell>();

/** Runs a cell and tells the host how it ended. */
export function runCell(message: Run): void {
  const cell = beginCell(message.cell);
  running.set(cell.id, cell);
  interruptible(() => start(message, cell));
}

function start(message: Run, cell: Cell): void {
  try {
    const value = inCell(cell, () => evaluate(message, cell));
    if (!message.waits) return finish(message, cell, value);
    (value as Promise<unknown>).then(
      (awaited) => finish(message, cell, awaited),
      (error: unknown) => fail(cell, error),
    );
  } catch (error) {
    fail(cell, error);
  }
}

/**
 * Ends the cell that runs now, if one does, because of an error that nobody caught; of several the one that it
 * came from, or else the newest.
 */
export function failRunning(error: unknown, from: Cell): boolean {
  const cell = running.get(from.id) ?? [...running.values()].at(-1);
  if (cell) fail(cell, error);
  return cell !== undefined;
}

function evaluate(message: Run, cell: Cell): unknown {
  declare(message.variables);
  const body = functionOf(message) as (tools: ReturnType<typeof toolsOf>) => unknown;
  return body(toolsOf(cell, message.file));
}

/** Makes variables of the session that are not there yet. */
export function declare(variables: readonly string[]): void {
  const fresh = variables.filter((name) => !declared.has(name));
  if (fresh.length > 0) vm.runInThisContext(`let ${fresh.join(",")}`);
  for (const name of fresh) declared.add(name);
}

/** What compiled cells call `$cell`. */
function toolsOf(cell: Cell, file: string) {
  return {
    import: importsOf(file),
    module: (file: string, code: string) => defineModule(new URL(file, meta.url).href, code),
    export: exportsOf(file),
    named,
    waited: <Value>(value: Value): Value => {
      stopIfDead(cell);
      return value;
    },
    held,
    pace,
    constants,
    meta,
    require,
  };
}

/** A function under the name that the cell gave it, for who asks for it and for who reads its text. */
function named(value: object, name: string): object {
  const text = () => functionText.call(value).replace(`${name}$f`, name);
  return Object.defineProperties(value, { name: { value: name }, toString: { value: text } });
}

// A cell may put something else in its place.
const { toString: functionText } = Function.prototype;

/** What imports of a cell do; an error of one knows its place in the cell, such as `2:1`. */
const importsOf =
  (file: string) =>
  async (specifier: string, options?: ImportCallOptions, place?: string): Promise<object> => {
    // The stack of an error tells of `import()` only while nobody waits for it.
    const call = place === undefined ? callIn(file) : `${file}:${place}`;
    try {
      return await importModule(specifier, options);
    } catch (error) {
      broughtBy(call, error);
      throw error;
    }
  };

/** Where this cell called what runs now. */
const callIn = (file: string): string | undefined =>
  new Error().stack
    ?.split("\n")
    .flatMap((line) => /\b(In\[[\d*]+\]:\d+:\d+)/.exec(line)?.[1] ?? [])
    .find((place) => place.startsWith(file));

const exportsOf =
  (file: string) =>
  (module: Readonly<Record<string, unknown>>, name: string, from?: string, place?: string) => {
    try {
      return exportOf(module, name, from);
    } catch (error) {
      broughtBy(`${file}:${place}`, error);
      throw error;
    }
  };

/** Whether loops may run as their fast twins, in which nobody can stop. */
export const pace = { fast: true };

const constants = new Proxy(
  {},
  {
    set: (_target, name) => {
      throw new TypeError(
        `Assignment to constant variable '${String(name)}'.\nHint: declare it again with let to change it.`,
      );
    },
  },
);

/** The end comes one turn of the event loop later, after what is already due: a rejection that nobody awaits. */
function finish(message: Run, cell: Cell, value: unknown): void {
  inNextTurn(() => {
    if (cell.dead || !running.has(cell.id)) return;
    if (!displaysPending(cell.id) && (value === undefined || !message.show))
      return end(cell, { type: "done" });
    inCell(cell, () => showValue(message, cell, value)).catch((error: unknown) =>
      fail(cell, error),
    );
  });
}

async function showValue(message: Run, cell: Cell, value: unknown): Promise<void> {
  const shown = value === undefined || !message.show ? {} : show(value);
  const { data, metadata } = (types.isPromise(shown) ? await shown : shown) as {
    data?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  };
  await displaysShown(cell.id);
  end(cell, { type: "done", ...(data && metadata ? { data, metadata } : {}) });
}

function fail(cell: Cell, error: unknown): void {
  if (error instanceof Interrupted || cell.dead || !running.has(cell.id)) return;
  end(cell, { type: "failed", failure: failureOf(error) });
}

type End = { type: "done" } | Omit<Extract<FromUser, { type: "failed" }>, "cell">;

function end(cell: Cell, message: End): void {
  // It may be too large to be sent; then the cell ends with that error.
  send({ ...message, cell: cell.id } as FromUser);
  running.delete(cell.id);
  endCell(cell.id);
}

/** The host has ended the cell already. */
export function forget(id: number): void {
  running.delete(id);
}
