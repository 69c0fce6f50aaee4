import type { CommStep } from "../link/index.ts";
import type { Handler } from "./Kernel.ts";

/** Hands a step of a comm to the learner's process; there is no reply, only what the step causes. */
export const comm: Handler = async ({ session }, { header, content, metadata, buffers }) => {
  const kind = header.msg_type as CommStep["kind"];
  const nobody = () => session.tell({ type: "input", text: undefined });
  const output = session.outputFor(header, false, nobody);
  await session.comm({ kind, content, metadata, buffers }, output);
  return {};
};
