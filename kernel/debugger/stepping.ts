import { catchesAt } from "../compile/index.ts";
import { codeAt, offsetIn } from "./places.ts";
import { type Call, isShown } from "./Stack.ts";

/** How a paused cell goes on. */
export type Move = "resume" | "stepOver" | "stepInto" | "stepOut";

/** A step on its way. */
export interface Step {
  readonly move: Move;
  /** The calls where it began or halted last. */
  readonly calls: readonly Call[];
  /** The columns of its line where it has been. */
  readonly columns: readonly number[];
}

/** The step that a move from these calls makes, which may go on with an earlier one. */
export function stepFrom(move: Move, calls: readonly Call[], before?: Step): Step | undefined {
  if (move === "resume") return undefined;
  const column = calls[0]?.frame.location.columnNumber ?? 0;
  return { move, calls, columns: [...(before?.columns ?? []), column] };
}

/**
 * Where the inspector halts is not always where a person wants to stop: steps are for lines, and nobody wants
 * to see the kernel. This says how to go on from such a place; nothing means to stop here.
 */
export function onward(calls: readonly Call[], step: Step | undefined): Move | undefined {
  const [top] = calls;
  if (!top) return "resume";
  if (top.of === "cell" && top.spot === "before") return "stepOver";
  // Behind the text of a cell only the kernel goes on.
  if (top.of === "cell" && top.spot === "behind") return "resume";
  if (!isShown(top)) return calls.some(isShown) ? "stepOut" : "resume";
  if (!step) return undefined;
  // When a cell has ended, the kernel has its value shown, perhaps by a library; that is no step of the cell.
  if (step.calls.some(isCell) && !calls.some(isCell)) return "resume";
  return goesAlong(top, calls, step) ? step.move : undefined;
}

const isCell = ({ of }: Call): boolean => of === "cell";

/**
 * Whether a step is still on the line that it began on, and at a place of it where it has not been. So a line
 * is one step, however many calls it has, and a loop on one line is one step for each of its turns.
 */
function goesAlong(top: Call, calls: readonly Call[], { move, calls: before, columns }: Step) {
  const [start] = before;
  if (move === "stepOut" || !start) return false;
  // What goes on after an `await` has no callers any more.
  if (before.length !== calls.length && calls.length > 1) return false;
  const { lineNumber, columnNumber = 0 } = top.frame.location;
  const visits = columns.filter((column) => column === columnNumber).length;
  return (
    sameFunction(top, start) &&
    lineNumber === start.frame.location.lineNumber &&
    // The inspector halts at an `await` twice: before it, and when it has its value.
    visits < (isAwait(top) ? 2 : 1)
  );
}

const isAwait = ({ cell, frame: { location } }: Call): boolean =>
  cell !== undefined && /^(?:\$cell\.)?waited\(/.test(codeAt(cell, location));

const sameFunction = ({ frame: a }: Call, { frame: b }: Call): boolean =>
  a.location.scriptId === b.location.scriptId &&
  a.functionLocation?.lineNumber === b.functionLocation?.lineNumber &&
  a.functionLocation?.columnNumber === b.functionLocation?.columnNumber;

/**
 * Whether one of the cells in these calls catches what the innermost threw. The inspector would say that all
 * is caught, because the kernel catches what a cell does not.
 */
export const isCaught = (calls: readonly Call[]): boolean =>
  calls.some(
    ({ cell, spot }) =>
      cell !== undefined &&
      typeof spot !== "string" &&
      catchesAt(cell.text, offsetIn(cell.text, spot)),
  );
