import type * as t from "@babel/types";
import { parseCell } from "./parse.ts";
import { freeReferences, mayHaveVar, varNames } from "./scopes.ts";
import { isUsing, namesIn } from "./walk.ts";

/** A name that a cell declares, as a value or as a type. */
export interface Declared {
  readonly name: string;
  /** Whether the cell says `export` itself. */
  readonly exported: boolean;
}

/** What a cell declares and which names of others it assigns to. */
export interface CellNames {
  readonly declares: readonly Declared[];
  readonly assigns: ReadonlySet<string>;
}

/** Reads the names of a cell, roughly when it is still being written. */
export function namesOf(source: string): CellNames {
  try {
    return parsedNames(parseCell(source), mayHaveVar(source));
  } catch {
    // Half a cell has no syntax tree; its finished lines still tell most names.
    return guessedNames(source);
  }
}

function parsedNames(program: t.Program, vars: boolean): CellNames {
  const declares = program.body.flatMap((statement): Declared[] => {
    const exported =
      statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
    const inner = exported ? statement.declaration : statement;
    return inner ? declaredBy(inner).map((name) => ({ name, exported })) : [];
  });
  const known = new Set(declares.map(({ name }) => name));
  const nested = vars ? varNames(program.body).filter((name) => !known.has(name)) : [];
  const writes = freeReferences(program).filter(({ use }) => use === "write");
  return {
    declares: [...declares, ...nested.map((name) => ({ name, exported: false }))],
    assigns: new Set(writes.map(({ name }) => name)),
  };
}

function declaredBy(node: t.Node): string[] {
  switch (node.type) {
    case "VariableDeclaration":
      return isUsing(node) ? [] : node.declarations.flatMap(({ id }) => namesIn(id));
    case "ImportDeclaration":
      return node.specifiers.map(({ local }) => local.name);
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
      return node.id?.type === "Identifier" ? [node.id.name] : [];
    case "TSModuleDeclaration":
      return node.id.type === "Identifier" && node.kind !== "global" ? [node.id.name] : [];
    default:
      return [];
  }
}

const declaration =
  /^(export )?(?:declare )?(?:abstract )?(?:async )?(?:interface|type|class|function\*?|const|let|var|enum|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

function guessedNames(source: string): CellNames {
  const declares = [...source.matchAll(declaration)].map(([, exported, name]) => ({
    name: name!,
    exported: exported !== undefined,
  }));
  return { declares, assigns: new Set() };
}
