import { join } from "node:path";
import { root } from "./root.mjs";

/** What Jupyter reads to start our kernel, the content of `kernel.json`. */
export interface Kernelspec {
  /** The command; Jupyter puts the path of a file for `{connection_file}`. */
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly metadata: { readonly debugger: boolean };
}

/** How our kernel is started with this Node.js from this folder. */
export function kernelspec(): Kernelspec {
  return {
    // The full path of this Node.js: a server started from a desktop knows no nvm.
    argv: [process.execPath, join(root, "dist", "kernel", "host.cjs"), "{connection_file}"],
    display_name: "TypeScript (downhill)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: true },
  };
}
