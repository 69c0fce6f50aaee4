import type { Handler } from "./Kernel.ts";

/** Ends the kernel, also in the middle of a cell; everybody who listens is told. */
export const shutdown: Handler = (kernel, { header, content }) => {
  const reply = { status: "ok", restart: content.restart === true };
  kernel.session.close();
  kernel.publish("shutdown_reply", reply, header);
  kernel.shutdown();
  return reply;
};
