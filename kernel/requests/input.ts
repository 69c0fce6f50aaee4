import type { Handler } from "./Kernel.ts";

/** Brings a person's answer to the cell that asked. */
export const inputReply: Handler = ({ session }, { content }) => {
  session.tell({ type: "input", text: String(content.value ?? "") });
  return {};
};
