import type * as t from "@babel/types";
import { variableFor } from "./Names.ts";
import { linesOf } from "./places.ts";
import { startOf } from "./walk.ts";

/**
 * The import as statements that load the module and fill the session's variables. A name in `used` must be there; what
 * no code uses may be a type, behind which there is nothing.
 */
export function importText(
  statement: t.ImportDeclaration,
  used: ReadonlySet<string>,
  place: (node: t.Node) => string,
): string {
  const specifiers = valueSpecifiers(statement);
  if (statement.importKind === "type" || (statement.specifiers.length > 0 && !specifiers.length)) {
    return "";
  }
  const attributes = (statement.attributes ?? []).map(
    ({ key, value }) => `${JSON.stringify(keyName(key))}:${JSON.stringify(value.value)}`,
  );
  const options = attributes.length > 0 ? `{with:{${attributes.join(",")}}}` : "void 0";
  const from = JSON.stringify(statement.source.value);
  const load = `await $cell.held($cell.import(${from},${options},"${place(statement)}"))`;
  if (specifiers.length === 0) return `${load};`;
  const takes = specifiers.map((specifier) => {
    const needed = used.has(specifier.local.name) ? `,${from},"${place(specifier)}"` : "";
    return `${variableFor(specifier.local.name)}=${taken(specifier, needed)};`;
  });
  return `{const $module=${load};${takes.join("")}}`;
}

function taken(specifier: t.ImportDeclaration["specifiers"][number], needed: string): string {
  const name = nameTaken(specifier);
  return `$cell.export($module,${JSON.stringify(name)}${needed})`;
}

function nameTaken(specifier: t.ImportDeclaration["specifiers"][number]): string {
  switch (specifier.type) {
    case "ImportNamespaceSpecifier":
      return "*";
    case "ImportDefaultSpecifier":
      return "default";
    default:
      return keyName(specifier.imported);
  }
}

/** Tells where something begins in a text, such as `2:1`: line and column, both from 1. */
export function placesIn(source: string): (node: t.Node) => string {
  let lineAt: ((offset: number) => number) | undefined;
  return (node) => {
    lineAt ??= linesOf(source);
    const column = startOf(node) - source.lastIndexOf("\n", startOf(node) - 1);
    return `${lineAt(startOf(node))}:${column}`;
  };
}

const keyName = (key: t.Identifier | t.StringLiteral): string =>
  key.type === "Identifier" ? key.name : key.value;

/** The specifiers of an import that are not marked as types. */
export const valueSpecifiers = (statement: t.ImportDeclaration) =>
  statement.importKind === "type"
    ? []
    : statement.specifiers.filter(
        (specifier) => specifier.type !== "ImportSpecifier" || specifier.importKind !== "type",
      );
