import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { children, endOf, isFunction, startOf } from "./walk.ts";

/**
 * Marks the places where a cell waits, so that an interrupted cell stops at the next one,
 * and gives `import()` and `import.meta` the notebook's folder. Tells whether the cell itself waits.
 */
export function rewriteWaiting(program: t.Program, edits: Edits): boolean {
  if (!/\b(?:await|import)\b/.test(edits.source)) return false;
  let waits = false;
  const visit = (node: t.Node, top: boolean): void => {
    const inner = top && !isFunction(node);
    switch (node.type) {
      case "AwaitExpression":
        waits ||= top;
        edits.open(startOf(node), "$cell.waited(");
        edits.close(endOf(node), "))");
        edits.open(startOf(node) + "await".length, " $cell.held(");
        break;
      case "ForOfStatement":
        waits ||= top && node.await;
        if (node.await && node.body.type === "BlockStatement") {
          edits.open(startOf(node.body) + 1, "$cell.waited();");
        }
        break;
      case "VariableDeclaration":
        waits ||= top && node.kind === "await using";
        break;
      case "Import":
        edits.replace(startOf(node), endOf(node), "$cell.import");
        break;
      case "MetaProperty":
        if (node.meta.name === "import") {
          edits.replace(startOf(node), endOf(node), "$cell.meta");
        }
        break;
    }
    // A field's value and a static block are functions of their own, though they do not look it.
    const own = node.type === "ClassBody";
    for (const child of children(node)) visit(child, inner && !own);
  };
  visit(program, true);
  return waits;
}
