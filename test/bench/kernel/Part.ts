import type { Goal } from "./goals.ts";

/** The kernels that are measured. */
export type Name = "downhill" | "downhill, strict" | "tslab" | "Deno" | "ipykernel";

/** A kernel to be measured. */
export interface Peer {
  readonly name: Name;
  /** Its name with its version. */
  readonly title: string;
  /** How it is started; `{connection_file}` stands for the file of its connection. */
  readonly argv: readonly string[];
  /** Which of two texts of each cell it is given. */
  readonly language: "typescript" | "python";
  /** How its cells are interrupted. */
  readonly interrupt: "message" | "signal";
  readonly env?: Readonly<Record<string, string>>;
}

/** One figure of one round of a kernel. */
export interface Figure {
  readonly row: string;
  readonly value: number;
}

/** A part of the bench: a few rows of its table that are measured together. */
export interface Part {
  readonly rounds: number;
  readonly kernels: readonly Name[];
  readonly measure: (peer: Peer) => Promise<readonly Figure[]>;
  /** What the rows must reach. */
  readonly goals: Readonly<Record<string, readonly Goal[]>>;
}
