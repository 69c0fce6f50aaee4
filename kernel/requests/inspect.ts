import type { Handler } from "./Kernel.ts";
import { lossFormula } from "./lossFormula.ts";
import { codeUnits } from "./positions.ts";

/** What stands at the cursor: its type and documentation, or the signature of the call around it. */
export const inspect: Handler = async (kernel, { content }) => {
  const code = String(content.code ?? "");
  const offset = codeUnits(code, Number(content.cursor_pos ?? 0));
  const documentation = await kernel.types?.inspect(code, offset);
  if (documentation === undefined) return { status: "ok", found: false, data: {}, metadata: {} };
  const formula = await lossFormula(kernel.library, wordAt(code, offset), documentation);
  const text = [documentation, ...(formula === undefined ? [] : [formula])].join("\n\n");
  const plain = text.replace(/^```\w*$/gm, "").trim();
  return {
    status: "ok",
    found: true,
    data: { "text/markdown": text, "text/plain": plain },
    metadata: {},
  };
};

const wordAt = (code: string, offset: number): string =>
  /[\w$]*$/.exec(code.slice(0, offset))![0] + /^[\w$]*/.exec(code.slice(offset))![0];
