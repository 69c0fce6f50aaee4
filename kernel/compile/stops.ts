import type * as t from "@babel/types";
import { parseCell } from "./parse.ts";
import { linesOf } from "./places.ts";
import { children, endOf, isFunction, startOf } from "./walk.ts";

/**
 * The lines of a cell on which a debugger can stop, in order: where a statement that does something begins,
 * where something is called, and where a function ends. Nothing is known of a cell that is no plain TypeScript.
 */
export function stoppableLines(source: string): readonly number[] | undefined {
  try {
    const lines = new Set<number>();
    const lineAt = linesOf(source);
    const add = (offset: number) => lines.add(lineAt(offset));
    for (const statement of parseCell(source).body) note(statement, add);
    return [...lines].sort((a, b) => a - b);
  } catch {
    return undefined;
  }
}

function note(node: t.Node, add: (offset: number) => void): void {
  if (isOnlyType.test(node.type)) return;
  if (doesSomething.test(node.type)) add(startOf(node));
  if (node.type === "CallExpression") add(endOf(node.callee));
  if (isFunction(node)) {
    if (node.body?.type === "BlockStatement") add(endOf(node.body));
    else if (node.body) add(startOf(node.body));
  }
  for (const child of children(node)) note(child, add);
}

const isOnlyType = /^(?:TSInterface|TSTypeA|TSDeclare|TSTypeParameter|ImportDeclaration$)/;

const doesSomething =
  /^(?:(?:Expression|If|For|ForIn|ForOf|While|DoWhile|Return|Throw|Break|Continue|Switch|Debugger)Statement|VariableDeclaration|ClassDeclaration|TSEnumDeclaration)$/;

/** Whether the function that runs at this offset catches there what is thrown. */
export function catchesAt(source: string, offset: number): boolean {
  try {
    return parseCell(source).body.some((statement) => catches(statement, offset, false));
  } catch {
    // JSX and the older decorators: who stops once too often loses less than who misses an error.
    return false;
  }
}

function catches(node: t.Node, offset: number, outside: boolean): boolean {
  if (offset < node.start! || offset >= node.end!) return false;
  const here = isFunction(node) ? false : outside;
  const inner = children(node).find(({ start, end }) => offset >= start! && offset < end!);
  if (!inner) return here;
  const guarded = node.type === "TryStatement" && node.handler && inner === node.block;
  return catches(inner, offset, here || Boolean(guarded));
}
