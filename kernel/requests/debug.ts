import type { Handler } from "./Kernel.ts";

/** There is no debugger for cells, as `kernel_info` says; who asks nevertheless must not wait for an answer. */
export const debug: Handler = () => {
  const evalue =
    "This kernel has no debugger.\nHint: console.log works inside every function, also one that is being differentiated.";
  return { status: "error", ename: "NotSupported", evalue, traceback: [`NotSupported: ${evalue}`] };
};
