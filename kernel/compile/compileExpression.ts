import { Edits } from "./Edits.ts";
import { eraseTypes } from "./erase.ts";
import type { Names } from "./Names.ts";
import { parseCell } from "./parse.ts";
import { rewriteReferences } from "./references.ts";
import { freeReferences } from "./scopes.ts";
import { endOf, startOf } from "./walk.ts";

/**
 * Turns TypeScript that is asked of a paused cell into JavaScript for the place where it paused: types are
 * blanked, and the session's names lead to their variables. Its value is that of its last statement.
 * @throws {CellSyntaxError}
 * @throws {TypeError} when it assigns to a constant.
 */
export function compileExpression(source: string, names: Names): string {
  const program = parseCell(source);
  const edits = new Edits(source);
  for (const statement of program.body) eraseTypes(statement, edits);
  const references = freeReferences(program);
  for (const { name, use } of references) {
    const kind = names.get(name);
    if (use === "write" && (kind === "const" || kind === "import")) {
      throw new TypeError(
        `${name} is a constant, so it cannot be assigned here either.\nHint: copy it to a variable of another name.`,
      );
    }
  }
  rewriteReferences(references, names, edits);
  const [only, second] = program.body;
  if (only?.type === "ExpressionStatement" && !second) {
    // `{ a: 1 }` is meant as the object.
    edits.open(startOf(only), "(");
    edits.close(endOf(only) - Number(source[endOf(only) - 1] === ";"), ")");
  }
  return edits.apply().code;
}
