import type { Handler } from "./Kernel.ts";
import { codeUnits } from "./positions.ts";

/** What stands at the cursor: its type and documentation, or the signature of the call around it. */
export const inspect: Handler = async ({ types }, { content }) => {
  const code = String(content.code ?? "");
  const text = await types?.inspect(code, codeUnits(code, Number(content.cursor_pos ?? 0)));
  if (text === undefined) return { status: "ok", found: false, data: {}, metadata: {} };
  const plain = text.replace(/^```\w*$/gm, "").trim();
  return {
    status: "ok",
    found: true,
    data: { "text/markdown": text, "text/plain": plain },
    metadata: {},
  };
};
