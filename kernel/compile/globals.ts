import type * as t from "@babel/types";
import { Edits } from "./Edits.ts";
import { parseCell } from "./parse.ts";
import { endOf, namesIn, startOf } from "./walk.ts";

/** Something that a cell declares by `declare global`. */
interface Part {
  /** Its names, such as `value counted` or `type Array.first`: one name can mean a value and a type. */
  readonly names: readonly string[];
  readonly node: t.Node;
  /** The declaration that it is one variable of. */
  readonly among?: t.VariableDeclaration;
}

/**
 * The names that a cell declares for the whole program by `declare global`. Of an interface these are its members,
 * because several cells may add to one.
 * @throws {CellSyntaxError}
 */
export const globalsOf = (source: string): string[] =>
  partsOf(parseCell(source).body).flatMap(({ names }) => names);

/**
 * A cell without those declarations for the whole program that have become others; all else keeps its line.
 * @throws {CellSyntaxError}
 */
export function withoutGlobals(source: string, replaced: readonly string[]): string {
  const edits = new Edits(source);
  const parts = partsOf(parseCell(source).body);
  const gone = parts.filter(({ names }) => contradict(names, replaced));
  const nodes = new Set(gone.map(({ node }) => node));
  for (const part of gone) edits.blank(...reachOf(part, nodes));
  return edits.apply().code;
}

/** From where to where a part goes; of several variables one goes with a comma, the last one with all. */
function reachOf({ node, among }: Part, gone: ReadonlySet<t.Node>): [start: number, end: number] {
  if (!among) return [startOf(node), endOf(node)];
  const { declarations } = among;
  if (declarations.every((one) => gone.has(one))) return [startOf(among), endOf(among)];
  const before = declarations.filter((one) => endOf(one) < startOf(node));
  const later = declarations.slice(before.length + 1);
  return later.some((one) => !gone.has(one))
    ? [startOf(node), startOf(later[0]!)]
    : [endOf(before.at(-1)!), endOf(node)];
}

/** Whether of two lists of such names one declares again what the other does, be it as something else. */
export const contradict = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) =>
    others.some(
      (other) => one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`),
    ),
  );

const partsOf = (statements: readonly t.Node[]): Part[] =>
  statements.flatMap((statement) =>
    statement.type === "TSModuleDeclaration" && statement.kind === "global"
      ? partsIn(statement.body, "")
      : [],
  );

/** What the body of `declare global`, or of a namespace in it, declares; `within` is that namespace with a point. */
function partsIn(body: t.Node, within: string): Part[] {
  if (body.type === "TSModuleDeclaration") return partsOfStatement(body, within);
  if (body.type !== "TSModuleBlock") return [];
  return body.body.flatMap((statement) => partsOfStatement(statement, within));
}

function partsOfStatement(node: t.Node, within: string): Part[] {
  const part = (names: readonly string[], ...kinds: readonly ("value" | "type")[]): Part[] => [
    { names: names.flatMap((name) => kinds.map((kind) => `${kind} ${within}${name}`)), node },
  ];
  switch (node.type) {
    case "ExportNamedDeclaration":
      return node.declaration ? partsOfStatement(node.declaration, within) : [];
    case "VariableDeclaration":
      return node.declarations.flatMap((one) =>
        namesIn(one.id).map((name) => ({
          names: [`value ${within}${name}`],
          node: one,
          among: node,
        })),
      );
    case "TSDeclareFunction":
      return part(namesIn(node.id), "value");
    case "TSTypeAliasDeclaration":
      return part([node.id.name], "type");
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return part(namesIn(node.id), "value", "type");
    case "TSInterfaceDeclaration":
      return node.body.body.flatMap((member) => memberOf(member, `type ${within}${node.id.name}`));
    case "TSModuleDeclaration":
      return partsIn(node.body, `${within}${namesIn(node.id)[0]}.`);
    default:
      return [];
  }
}

/** A call may be described by several cells; they do not contradict each other. */
function memberOf(node: t.TSTypeElement, owner: string): Part[] {
  if (node.type !== "TSPropertySignature" && node.type !== "TSMethodSignature") return [];
  const { key, computed } = node;
  if (computed) return [];
  if (key.type === "Identifier") return [{ names: [`${owner}.${key.name}`], node }];
  return key.type === "StringLiteral" ? [{ names: [`${owner}.${key.value}`], node }] : [];
}
