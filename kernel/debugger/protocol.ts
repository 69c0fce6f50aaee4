/** A request of the Debug Adapter Protocol, as `debug_request` carries it. */
export interface DebugRequest {
  readonly seq: number;
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Where code stands: a cell, by the path that {@link cellPath} makes of its text, or a file. */
export interface SourcePath {
  readonly name: string;
  readonly path: string;
}

/** A breakpoint as the front end hears of it. */
export interface BreakpointTold {
  readonly id: number;
  /** Whether code can stop there. */
  readonly verified: boolean;
  /** From 1; where the code stops, which may be below the line that was wished. */
  readonly line: number;
  readonly source: SourcePath;
  readonly message?: string;
}

/** One call in the stack of a paused cell. */
export interface StackFrame {
  readonly id: number;
  readonly name: string;
  readonly source: SourcePath;
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Tells every front end of something. */
export type Say = (event: string, body: object) => void;

/** There is one thread that runs cells. */
export const thread = { id: 1, name: "cells" };
