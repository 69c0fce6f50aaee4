import type { Handler } from "./Kernel.ts";
import { codePoints, codeUnits } from "./positions.ts";

/** How the word at the cursor can go on, with the kind of each candidate, and of a few their documentation; also while a cell runs. */
export const complete: Handler = async (kernel, { content }) => {
  const code = String(content.code ?? "");
  const offset = codeUnits(code, Number(content.cursor_pos ?? 0));
  const found = (await kernel.types?.complete(code, offset)) ?? { from: offset, items: [] };
  const start = codePoints(code, found.from);
  const end = codePoints(code, offset);
  return {
    status: "ok",
    matches: found.items.map(({ label }) => label),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: found.items.map(({ label, ...told }) => ({
        text: label,
        ...told,
        start,
        end,
      })),
    },
  };
};
