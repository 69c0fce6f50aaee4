import type { Edits } from "./Edits.ts";
import { type Names, variableFor } from "./Names.ts";
import type { Reference } from "./scopes.ts";
import { startOf } from "./walk.ts";

/** What CommonJS would give a file; a cell gets its own, as if it were a file in the notebook's folder. */
const fileNames: ReadonlyMap<string, string> = new Map([
  ["require", "$cell.require"],
  ["__dirname", "$cell.meta.dirname"],
  ["__filename", "$cell.meta.filename"],
]);

/** Points each use of a session name at its variable, and each assignment to a constant at an error. */
export function rewriteReferences(
  references: readonly Reference[],
  names: Names,
  edits: Edits,
): void {
  for (const { name, node, use, shorthand } of references) {
    const text = replacement(name, use, names);
    if (text === name) continue;
    const start = startOf(node);
    edits.replace(start, start + name.length, shorthand ? `${name}: ${text}` : text);
  }
}

function replacement(name: string, use: Reference["use"], names: Names): string {
  const kind = names.get(name);
  if (kind === undefined) return (use !== "declare" && fileNames.get(name)) || name;
  const constant = kind === "const" || kind === "import";
  return constant && use === "write" ? `$cell.constants.${name}` : variableFor(name);
}
