import type * as t from "@babel/types";
import { variableFor } from "./Names.ts";

/** The import as statements that load the module and fill the session's variables. */
export function importText(statement: t.ImportDeclaration): string {
  const specifiers = valueSpecifiers(statement);
  if (statement.importKind === "type" || (statement.specifiers.length > 0 && !specifiers.length)) {
    return "";
  }
  const attributes = (statement.attributes ?? []).map(
    ({ key, value }) => `${JSON.stringify(keyName(key))}:${JSON.stringify(value.value)}`,
  );
  const options = attributes.length > 0 ? `,{with:{${attributes.join(",")}}}` : "";
  const load = `await $cell.held($cell.import(${JSON.stringify(statement.source.value)}${options}))`;
  if (specifiers.length === 0) return `${load};`;
  const takes = specifiers.map(
    (specifier) => `${variableFor(specifier.local.name)}=${taken(specifier)};`,
  );
  return `{const $module=${load};${takes.join("")}}`;
}

function taken(specifier: t.ImportDeclaration["specifiers"][number]): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "$module";
  const name =
    specifier.type === "ImportDefaultSpecifier" ? "default" : keyName(specifier.imported);
  return `$cell.export($module,${JSON.stringify(name)})`;
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
