import { AsyncLocalStorage } from "node:async_hooks";

/** A cell that runs or has run in this process. */
export interface Cell {
  readonly id: number;
  /** Whether it was interrupted: whatever of it still waits must not go on. */
  dead: boolean;
  readonly timers: Set<WeakRef<object>>;
  /** What ends with the cell when it is interrupted, although it waits for no timer. */
  readonly ends: Set<() => void>;
}

/** What an interrupted cell meets where it waited. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Which cell a callback belongs to, however late it comes. On Node 20 the machinery for it would make
 * interrupts fatal, so there only timers know their cell and the rest counts for the latest one.
 */
const contexts = followsCallbacks() ? new AsyncLocalStorage<Cell>() : undefined;

function followsCallbacks(): boolean {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 24 || process.execArgv.includes("--experimental-async-context-frame");
}

const newCell = (id: number): Cell => ({ id, dead: false, timers: new Set(), ends: new Set() });

const cells = new Map<number, Cell>();
const steps = new Map<number, Cell>();
let latest = newCell(0);
let entered: Cell | undefined;

/** A new cell; from here on it is the latest. */
export function beginCell(id: number): Cell {
  killStopped();
  latest = newCell(id);
  cells.set(id, latest);
  return latest;
}

/** Something that is no cell but has output of its own. */
export function beginStep(id: number): Cell {
  const step = newCell(id);
  steps.set(id, step);
  return step;
}

/** What was thrown last, and in which cell. */
let thrown: { readonly error: unknown; readonly cell: Cell } | undefined;

/** Runs something as part of a cell. */
export function inCell<Value>(cell: Cell, work: () => Value): Value {
  const before = entered;
  entered = cell;
  try {
    return contexts ? contexts.run(cell, work) : work();
  } catch (error) {
    // The innermost comes first.
    if (thrown?.error !== error) thrown = { error, cell };
    throw error;
  } finally {
    entered = before;
  }
}

/** The cell in which this was thrown, for an error that nobody caught. */
export function cellOf(error: unknown): Cell {
  return thrown?.error === error && thrown ? thrown.cell : currentCell();
}

/** The cell that caused what runs now. */
export const currentCell = (): Cell => contexts?.getStore() ?? entered ?? latest;

/** Where the cell's own `await`s ask; `own` is the cell that the code stands in. */
export function stopIfDead(own: Cell): void {
  const cell = contexts?.getStore() ?? own;
  // Nothing else tells which of several cells goes on where callbacks do not know theirs.
  if (!contexts && cells.has(own.id)) latest = own;
  if (cell.dead) throw new Interrupted("The cell was interrupted.");
}

/** Ends what an interrupted cell left behind: its timers now, its `await`s when they come back. */
export function killCell(id: number): void {
  const cell = cells.get(id) ?? steps.get(id);
  if (cell) kill(cell);
}

/** Does so with the cell that a stop hit in the middle of a callback, also when it was over already. */
export function killStopped(): void {
  // Nobody asks from within a callback, so its end was skipped.
  if (entered) kill(entered);
  entered = undefined;
}

function kill(cell: Cell): void {
  cell.dead = true;
  for (const reference of cell.timers) {
    const timer = reference.deref();
    if (!timer) continue;
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
  cell.timers.clear();
  for (const end of cell.ends) end();
  // Last, because a stop may hit this function, which is then called again.
  endCell(cell.id);
}

/** Forgets a cell that has ended; its callbacks still know it. */
export function endCell(id: number): void {
  cells.delete(id);
  steps.delete(id);
  if (latest.id === id) latest = [...cells.values()].at(-1) ?? latest;
}
