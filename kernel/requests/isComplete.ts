import type { Handler } from "./Kernel.ts";

/** Tells a console whether the text can run, is wrong, or goes on. */
export const isComplete: Handler = async (_kernel, { content }) => {
  const { isComplete } = await import("../compile/index.ts");
  return { ...isComplete(String(content.code ?? "")) };
};
