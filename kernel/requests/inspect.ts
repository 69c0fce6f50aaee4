import type { Handler } from "./Kernel.ts";
import { lossFormula } from "./lossFormula.ts";
import { codeUnits } from "./positions.ts";

/** What stands at the cursor: its type and documentation, or the signature of the call around it. */
export const inspect: Handler = async (kernel, { content }) => {
  const code = String(content.code ?? "");
  const offset = codeUnits(code, Number(content.cursor_pos ?? 0));
  const withSource = content.detail_level === 1;
  const documentation = await kernel.types?.inspect(code, offset, { withSource });
  if (documentation === undefined) return { status: "ok", found: false, data: {}, metadata: {} };
  const name = wordAt(code, offset) || calledIn(documentation);
  const formula = await lossFormula(kernel.library, name, documentation);
  const text = [documentation, ...(formula === undefined ? [] : [formula])].join("\n\n");
  return {
    status: "ok",
    found: true,
    data: { "text/markdown": text, "text/plain": plain(text) },
    metadata: {},
  };
};

const wordAt = (code: string, offset: number): string =>
  /[\w$]*$/.exec(code.slice(0, offset))![0] + /^[\w$]*/.exec(code.slice(offset))![0];

/** The function whose signature the documentation begins with. */
const calledIn = (documentation: string): string =>
  /^```typescript\n([\w$]+)\(/.exec(documentation)?.[1] ?? "";

/** Markdown without its marks, for a terminal. */
const plain = (markdown: string): string =>
  markdown
    .replace(/^```\w+\n|^```$/gm, "")
    .replace(/^\*(@\w+)\*/gm, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
