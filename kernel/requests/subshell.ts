import type { Handler } from "./Kernel.ts";

/**
 * Subshells let a front end's widgets be answered while a cell runs. Here that needs none: whatever is no
 * cell is answered at once, also while a cell waits. And while a cell computes, no other thread could
 * touch its variables. So the feature is not announced, and who asks nevertheless hears why.
 */
export const subshell: Handler = () => {
  const evalue =
    "This kernel has no subshells.\nHint: send the message without one; it is answered while cells run.";
  return { status: "error", ename: "NotSupported", evalue, traceback: [`NotSupported: ${evalue}`] };
};
