import { promisify } from "node:util";
import { currentCell, inCell } from "./cells.ts";
import { inNextTurn } from "./immediate.ts";
import { interruptible } from "./interruptible.ts";

/** Makes each timer remember the cell that started it, so that its output lands there and an interrupt ends it. */
export function followTimers(): void {
  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const original = globalThis[name] as (...all: unknown[]) => object;
    const isImmediate = name === "setImmediate";
    const start = (callback: unknown, ...rest: unknown[]) => {
      if (typeof callback !== "function") return original(callback, ...rest);
      const cell = currentCell();
      const call = (...values: unknown[]) =>
        interruptible(() => inCell(cell, () => callback(...values)));
      const timer = isImmediate ? inNextTurn(() => call(...rest)) : original(call, ...rest);
      cell.timers.add(new WeakRef(timer));
      if (cell.timers.size > 1000) dropGone(cell.timers);
      return timer;
    };
    const custom = (original as { [promisify.custom]?: unknown })[promisify.custom];
    Object.defineProperty(start, promisify.custom, { value: custom });
    Object.defineProperty(start, "name", { value: name });
    Object.assign(globalThis, { [name]: start });
  }
}

function dropGone(timers: Set<WeakRef<object>>): void {
  for (const reference of timers) if (!reference.deref()) timers.delete(reference);
}
