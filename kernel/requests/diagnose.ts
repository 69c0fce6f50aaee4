import { excerpt } from "../excerpt.ts";
import type { Diagnostic } from "../types/index.ts";
import { escaped, note } from "./note.ts";

/** What the type checker has against a cell, as an output of that cell. */
export function diagnosticsShown(diagnostics: readonly Diagnostic[], source: string) {
  const lines = source.split("\n");
  const places = diagnostics.map(({ line, column, code, message }) => ({
    head: `${line}:${column}  ${inCell(message)} (TS${code})`,
    ...excerpt(lines[line - 1] ?? "", column - 1),
  }));
  const plain = places.map(({ head, text, mark }) => `${head}\n    ${text}\n    ${mark}`);
  const items = places.map(
    ({ head, text, mark }) =>
      `<div style="white-space:pre-wrap">${escaped(head)}</div><pre style="margin:0 0 0 2em;white-space:pre">${escaped(text)}\n${mark}</pre>`,
  );
  return note("Types", plain, items);
}

/** A message for somebody who can set no options of the compiler. */
const inCell = (message: string): string =>
  message.replace(/ Do you need to change your target library\?.*$/, (advice) =>
    advice.includes("'dom'") ? " Cells run in Node.js, where there is no page." : "",
  );
