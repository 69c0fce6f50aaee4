import { join } from "node:path";
import { root } from "./root.mjs";

/** What Jupyter reads to start our kernel, the content of `kernel.json`. */
export function kernelspec(): Readonly<Record<string, unknown>> {
  return {
    // The full path of this Node.js: a server started from a desktop knows no nvm.
    argv: [process.execPath, join(root, "dist", "kernel", "host.js"), "{connection_file}"],
    display_name: "TypeScript (downhill)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}
