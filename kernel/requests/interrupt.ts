import type { Handler } from "./Kernel.ts";

/** Stops the running cell; the answer comes when it has stopped. */
export const interrupt: Handler = async ({ session }) => {
  await session.interrupt();
  return { status: "ok" };
};
