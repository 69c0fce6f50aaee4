import type * as t from "@babel/types";

const besides = new Set(["loc", "extra", "leadingComments", "trailingComments", "innerComments"]);

/** The parts of a piece of syntax, in the order of the parser's fields. */
export function children(node: t.Node): t.Node[] {
  const parts: t.Node[] = [];
  for (const field in node) {
    const value: unknown = node[field as keyof t.Node];
    if (typeof value !== "object" || value === null || besides.has(field)) continue;
    if (isNode(value)) parts.push(value);
    else if (Array.isArray(value)) for (const part of value) if (isNode(part)) parts.push(part);
  }
  return parts;
}

const isNode = (value: unknown): value is t.Node =>
  typeof value === "object" && value !== null && typeof (value as t.Node).type === "string";

/** Every function form: what has its own `await`, `arguments` and variables. */
export function isFunction(node: t.Node): node is t.Function {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression" ||
    node.type === "ObjectMethod" ||
    node.type === "ClassMethod" ||
    node.type === "ClassPrivateMethod"
  );
}

/** Whether variables end with their block, and something with them. */
export const isUsing = ({ kind }: t.VariableDeclaration): boolean =>
  kind === "using" || kind === "await using";

/** The names that a pattern gives: `{ a, b: [c] }` gives a and c. */
export function namesIn(pattern: t.Node | null | undefined): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    case "TSParameterProperty":
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

/** Where a piece of syntax begins and ends; the parser always knows. */
export const startOf = (node: t.Node): number => node.start!;
export const endOf = (node: t.Node): number => node.end!;
