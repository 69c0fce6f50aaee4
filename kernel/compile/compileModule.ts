import type * as t from "@babel/types";
import { Edits } from "./Edits.ts";
import { eraseTypes, isOnlyType, NeedsLowering } from "./erase.ts";
import { lowerNow } from "./lower.ts";
import { CellSyntaxError, isJsx, parseModule } from "./parse.ts";
import { freeReferences, type Reference } from "./scopes.ts";
import { endOf, namesIn, startOf } from "./walk.ts";

/**
 * Turns a TypeScript module file into JavaScript with every line in its place.
 * An import that only types use is left out, as TypeScript does, because there is nothing behind it at run time.
 * @throws {CellSyntaxError}
 */
export function compileModule(source: string, file: string): string {
  try {
    return erased(source);
  } catch (error) {
    const jsx = error instanceof CellSyntaxError && /x$/.test(file) && isJsx(source);
    if (!jsx && !(error instanceof NeedsLowering)) throw error;
    return erased(lowerNow(source, file));
  }
}

function erased(source: string): string {
  const program = parseModule(source);
  const edits = new Edits(source);
  for (const statement of program.body) eraseTypes(statement, edits);
  const references = freeReferences(program);
  const used = new Set(references.map(({ name }) => name));
  const types = new Set(program.body.flatMap(typeNames));
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration") eraseImport(statement, used, edits);
    else if (statement.type === "ExportNamedDeclaration") eraseExports(statement, types, edits);
  }
  giveCommonJs(program, references, edits);
  return edits.apply().code;
}

/** What a file of CommonJS finds without importing it, by the names that it has for it. */
const given: ReadonlyMap<string, string> = new Map([
  ["require", "process.getBuiltinModule('node:module').createRequire(import.meta.url)"],
  ["__filename", "import.meta.filename"],
  ["__dirname", "import.meta.dirname"],
  ["module", "{exports:{}}"],
  ["exports", "module.exports"],
]);

/**
 * Gives a file that was written for CommonJS what it uses of that; what it exports is its default export.
 * All files are modules of ECMAScript, of which each edition has an address of its own.
 */
function giveCommonJs(program: t.Program, references: readonly Reference[], edits: Edits): void {
  const own = new Set(program.body.flatMap(declaredIn));
  for (const { name, use } of references) if (use === "declare") own.add(name);
  const used = new Set(references.map(({ name }) => name).filter((name) => !own.has(name)));
  const exports = used.has("exports") || used.has("module");
  if (used.has("exports")) used.add("module");
  const names = [...given].filter(([name]) => used.has(name) && !own.has(name));
  if (names.length === 0) return;
  const start = edits.source.startsWith("#!") ? edits.source.indexOf("\n") + 1 : 0;
  edits.open(start, `const ${names.map(([name, value]) => `${name}=${value}`).join(",")};`);
  if (exports && !program.body.some(({ type }) => type === "ExportDefaultDeclaration"))
    edits.close(edits.source.length, "\nexport default module.exports;");
}

function declaredIn(statement: t.Statement): string[] {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.specifiers.map(({ local }) => local.name);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return namesIn(statement.id);
    default:
      return [];
  }
}

/** The names that stand for types in this file. */
const typeNames = (statement: t.Statement): string[] => {
  if (statement.type === "ImportDeclaration") {
    return statement.specifiers
      .filter((one) => isTypeImport(statement, one))
      .map(({ local }) => local.name);
  }
  const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  const named = inner && isOnlyType(inner) && "id" in inner ? inner.id : undefined;
  return named?.type === "Identifier" ? [named.name] : [];
};

const isTypeImport = (
  statement: t.ImportDeclaration,
  specifier: t.ImportDeclaration["specifiers"][number],
): boolean =>
  statement.importKind === "type" ||
  (specifier.type === "ImportSpecifier" && specifier.importKind === "type");

function eraseImport(
  statement: t.ImportDeclaration,
  used: ReadonlySet<string>,
  edits: Edits,
): void {
  const { specifiers } = statement;
  const needless = specifiers.filter(
    (specifier) => isTypeImport(statement, specifier) || !used.has(specifier.local.name),
  );
  if (specifiers.length > 0 && needless.length === specifiers.length) {
    return edits.blankToSemicolon(startOf(statement), endOf(statement));
  }
  for (const specifier of needless) eraseSpecifier(specifier, edits);
}

function eraseExports(
  statement: t.ExportNamedDeclaration,
  types: ReadonlySet<string>,
  edits: Edits,
): void {
  for (const specifier of statement.specifiers) {
    if (specifier.type !== "ExportSpecifier") continue;
    const local = !statement.source && types.has(specifier.local.name);
    if (specifier.exportKind === "type" || local) eraseSpecifier(specifier, edits);
  }
}

/** A specifier goes with the comma behind it. */
function eraseSpecifier(specifier: t.Node, edits: Edits): void {
  const comma = /^\s*,/.exec(edits.source.slice(endOf(specifier)));
  edits.blank(startOf(specifier), endOf(specifier) + (comma?.[0].length ?? 0));
}
