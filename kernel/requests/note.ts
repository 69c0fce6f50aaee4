import type { Kernel } from "./Kernel.ts";

/** What the kernel itself says about a cell, as an output of that cell: as lines of text, and as parts of a page. */
export const note = (label: string, lines: readonly string[], parts: readonly string[]) => ({
  data: {
    "text/html": `<div role="note" aria-label="${label}" style="${style}">${parts.join("")}</div>`,
    "text/plain": lines.join("\n"),
  },
  metadata: {},
});

const style =
  "border-left:3px solid var(--jp-warn-color1,#b35900);padding:2px 8px;font:var(--jp-code-font-size,13px)/1.5 var(--jp-code-font-family,monospace)";

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What is wrong with the settings, told once. */
export function complaintsShown({ complaints }: Kernel) {
  const told = complaints.splice(0);
  const parts = told.map((text) => `<div style="white-space:pre-wrap">${escaped(text)}</div>`);
  return told.length > 0 ? note("Settings", told, parts) : undefined;
}
