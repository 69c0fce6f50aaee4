import { memory } from "../memory/memory.ts";
import { encodeModule, type FunctionCode } from "../wasm/encode.ts";

/** A kernel, called with addresses and counts. */
export type Kernel = (...numbers: number[]) => void;

/**
 * Compiles one kernel. Each is a module of its own, made when it is first needed: most programs use a
 * dozen of them, and nothing is compiled at import.
 */
export function compiled(code: FunctionCode): Kernel {
  const module = new WebAssembly.Module(encodeModule([code]));
  const { exports } = new WebAssembly.Instance(module, { engine: { memory } });
  // The one function that encodeModule exported.
  return exports[code.name] as Kernel;
}
