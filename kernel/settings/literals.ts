import type * as t from "@babel/types";
import { parseModule } from "../compile/index.ts";
import type { Value } from "./rules.ts";

/** A setting as it is written in a file. */
export interface Written {
  readonly name: string;
  readonly line: number;
  /** Nothing when it is no text, number or truth value that is written out. */
  readonly value: Value;
  /** The value's own words. */
  readonly text: string;
}

/**
 * The fields of the object that a module exports by default, none of which is computed; nothing when there is no
 * such object. The module is read and does not run: it stands in a folder that may be a stranger's.
 *
 * @throws {SyntaxError} when the text is no TypeScript.
 */
export function literalsOf(text: string): Written[] | undefined {
  const { body } = parseModule(text);
  const exported = body.find((statement) => statement.type === "ExportDefaultDeclaration");
  const object = exported && objectOf(exported.declaration, body);
  return object?.properties.map((property) => written(property, text));
}

/** The object behind `defineConfig(…)`, `as`, `satisfies` or the name of a constant. */
function objectOf(node: t.Node, body: readonly t.Statement[]): t.ObjectExpression | undefined {
  switch (node.type) {
    case "ObjectExpression":
      return node;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return objectOf(node.expression, body);
    case "CallExpression": {
      const [first] = node.arguments;
      const isOurs = node.callee.type === "Identifier" && node.callee.name === "defineConfig";
      return isOurs && first ? objectOf(first, body) : undefined;
    }
    case "Identifier": {
      const init = constants(body).get(node.name);
      return init && objectOf(init, []);
    }
    default:
      return undefined;
  }
}

function constants(body: readonly t.Statement[]): Map<string, t.Expression> {
  const declared = body.flatMap((statement) =>
    statement.type === "VariableDeclaration" && statement.kind === "const"
      ? statement.declarations
      : [],
  );
  return new Map(
    declared.flatMap(({ id, init }) => (id.type === "Identifier" && init ? [[id.name, init]] : [])),
  );
}

function written(property: t.ObjectExpression["properties"][number], text: string): Written {
  const words = (node: t.Node) => text.slice(node.start!, node.end!);
  const { line } = property.loc!.start;
  if (property.type !== "ObjectProperty" || property.computed) {
    return { name: words(property), line, value: undefined, text: words(property) };
  }
  const { key, value } = property;
  const name = key.type === "StringLiteral" ? key.value : words(key);
  return { name, line, value: literal(value), text: words(value) };
}

function literal(node: t.Node): Value {
  switch (node.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return node.value;
    case "TemplateLiteral":
      return node.expressions.length === 0
        ? (node.quasis[0]?.value.cooked ?? undefined)
        : undefined;
    case "UnaryExpression": {
      const operand = literal(node.argument);
      return node.operator === "-" && typeof operand === "number" ? -operand : undefined;
    }
    default:
      return undefined;
  }
}
