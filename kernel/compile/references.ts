import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { type Names, variableFor } from "./Names.ts";
import { signAfter } from "./places.ts";
import type { Reference } from "./scopes.ts";
import { endOf, startOf } from "./walk.ts";

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
  for (const reference of references) {
    const { name, node, shorthand } = reference;
    const text = replacement(reference, names, edits);
    if (text === name) continue;
    const start = startOf(node);
    edits.replace(start, start + name.length, shorthand ? `${name}: ${text}` : text);
  }
}

function replacement({ name, use, asking }: Reference, names: Names, edits: Edits): string {
  const kind = names.get(name);
  if (kind === undefined) return (use !== "declare" && fileNames.get(name)) || name;
  const constant = kind === "const" || kind === "import";
  if (!constant || use !== "write") return variableFor(name);
  if (!asking) return refused(name);
  assignWhenAsked(asking, refused(name), edits);
  return variableFor(name);
}

const refused = (name: string): string => `$cell.constants.${name}`;

/** Writes `c ?? (refused = value)` for `c ??= value`: a constant that is not null may stand there. */
function assignWhenAsked(
  { left, operator, right }: t.AssignmentExpression,
  refused: string,
  edits: Edits,
): void {
  const sign = signAfter(edits.source, endOf(left), operator);
  edits.blank(sign + operator.length - 1, sign + operator.length);
  edits.open(startOf(right), `(${refused}=`);
  edits.close(endOf(right), ")");
}
