import type { Debugger } from "node:inspector";
import { basename } from "node:path";
import type { CellSource } from "../session/index.ts";
import { cellPath } from "./cellPath.ts";
import { type Files, pathOf } from "./Files.ts";
import { type Spot, spotOf } from "./places.ts";
import type { SourcePath, StackFrame } from "./protocol.ts";

/** A call of a paused cell, in the inspector's words and in ours. */
export interface Call {
  readonly frame: Debugger.CallFrame;
  /** Whose code it is; the kernel's and Node's own are `ours`. */
  readonly of: "cell" | "library" | "ours";
  readonly name: string;
  readonly source: SourcePath;
  readonly spot: Spot;
  /** The cell, if it is one. */
  readonly cell?: CellSource;
}

/** What tells whose code a call runs. */
export interface Whereabouts {
  readonly files: Files;
  readonly sources: ReadonlyMap<string, CellSource>;
}

/** Finds out about a call. */
export function callOf(frame: Debugger.CallFrame, where: Whereabouts): Call {
  const { scriptId, lineNumber, columnNumber = 0 } = frame.location;
  const { url = "", place } = where.files.script(scriptId) ?? {};
  const cell = where.sources.get(url);
  if (cell) {
    return {
      ...{ frame, of: "cell", cell, spot: spotOf(cell, frame.location) },
      name: frame.functionName.replace(/\$f$/, "") || url,
      source: { name: url, path: cellPath(cell.text) },
    };
  }
  const isLibrary = where.files.isFile(url);
  const spot = { line: lineNumber + 1, column: columnNumber };
  const path = isLibrary ? pathOf(url) : url;
  return {
    ...{ frame, of: isLibrary ? "library" : "ours" },
    spot: place ? place(spot) : spot,
    name: frame.functionName || "(anonymous)",
    source: { name: basename(path), path },
  };
}

/** Whether a front end is to see a call. */
export const isShown = ({ of, spot }: Call): boolean => of !== "ours" && typeof spot !== "string";

/** Whether the code asks itself to be stopped here; `text` is its own. */
export function isDebuggerStatement({ spot }: Call, text: string | undefined): boolean {
  if (text === undefined || typeof spot === "string") return false;
  return text.split("\n")[spot.line - 1]?.slice(spot.column).startsWith("debugger") === true;
}

/** A call as front ends list it. */
export function frameOf({ name, source, spot }: Call, id: number): StackFrame {
  // A call from what stands before or behind the text is shown at the cell's beginning.
  const { line, column } = typeof spot === "string" ? { line: 1, column: 0 } : spot;
  return { id, name, source, line, column: column + 1 };
}
