import type { Handler } from "./Kernel.ts";

/** Where the kernel listens. */
export const connect: Handler = ({ connection }) => {
  const { shell_port, iopub_port, stdin_port, hb_port, control_port } = connection;
  return { status: "ok", shell_port, iopub_port, stdin_port, hb_port, control_port };
};
