import type * as t from "@babel/types";

/** The value of an expression that is written in literals alone: numbers, texts, lists, records, arithmetic. */
export function constant(node: t.Node): { readonly value: unknown } | undefined {
  try {
    return { value: constantOf(node) };
  } catch (error) {
    if (error instanceof NotConstant) return undefined;
    throw error;
  }
}

/** Something whose value is known only when the cell runs. */
class NotConstant extends Error {}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["undefined", undefined],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
]);

function constantOf(node: t.Node): unknown {
  switch (node.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
      return node.value;
    case "NullLiteral":
      return null;
    case "BigIntLiteral":
      return BigInt(node.value);
    case "Identifier":
      if (words.has(node.name)) return words.get(node.name);
      throw new NotConstant();
    case "UnaryExpression":
      return unary(node.operator, constantOf(node.argument));
    case "BinaryExpression":
      return arithmetic(node.operator, constantOf(node.left), constantOf(node.right));
    case "ArrayExpression":
      return node.elements.map(elementOf);
    case "ObjectExpression":
      return Object.fromEntries(node.properties.map(entryOf));
    default:
      throw new NotConstant();
  }
}

function elementOf(element: t.ArrayExpression["elements"][number]): unknown {
  if (element === null) throw new NotConstant();
  return constantOf(element);
}

function entryOf(property: t.ObjectExpression["properties"][number]): [string, unknown] {
  if (property.type !== "ObjectProperty" || property.shorthand) throw new NotConstant();
  const name = nameOf(property);
  // Written like this it is no entry, but the record's prototype.
  if (name === undefined || name === "__proto__") throw new NotConstant();
  return [name, constantOf(property.value)];
}

/** The name of a property that is not computed. */
export function nameOf({ computed, key }: t.ObjectProperty | t.ObjectMethod): string | undefined {
  if (computed) return undefined;
  if (key.type === "Identifier") return key.name;
  return key.type === "StringLiteral" ? key.value : undefined;
}

function unary(operator: string, value: unknown): unknown {
  if (typeof value === "bigint" && operator === "-") return -value;
  if (typeof value !== "number") throw new NotConstant();
  if (operator === "-") return -value;
  if (operator === "+") return value;
  throw new NotConstant();
}

function arithmetic(operator: string, left: unknown, right: unknown): number {
  if (typeof left !== "number" || typeof right !== "number") throw new NotConstant();
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "**":
      return left ** right;
    default:
      throw new NotConstant();
  }
}
