import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { isOnlyType } from "./erase.ts";
import { importText, placesIn, valueSpecifiers } from "./imports.ts";
import { type Declaration, type Kind, variableFor } from "./Names.ts";
import { signAfter } from "./places.ts";
import { mayHaveVar, varNames } from "./scopes.ts";
import { children, endOf, isFunction, namesIn, startOf } from "./walk.ts";

/** Names in a cell. */
export interface CellWords {
  /** What its code uses, beyond its types. */
  readonly used: ReadonlySet<string>;
  /** Variables that are not the session's. */
  readonly own: ReadonlySet<string>;
}

/** What the top level of a cell becomes, beside the edits. */
export interface TopLevel {
  readonly declares: readonly Declaration[];
  /** Goes before the cell on its first line: imports and functions, which count from the start of the cell. */
  readonly prefix: string;
}

/**
 * Turns a cell's declarations into assignments to session variables, and its last expression into its value.
 */
export function rewriteTopLevel(
  program: t.Program,
  { used, own }: CellWords,
  edits: Edits,
): TopLevel {
  const statements = program.body.filter((statement) => !isOnlyType(statement));
  // Most cells have none, and need not be searched for what it declares.
  const hasVar = mayHaveVar(edits.source);
  const place = placesIn(edits.source);
  const imports: string[] = [];
  const functions: string[] = [];
  for (const outer of statements) {
    const statement = withoutExport(outer, edits);
    if (statement?.type === "ImportDeclaration") {
      imports.push(importText(statement, used, place));
      edits.blankToSemicolon(startOf(statement), endOf(statement));
    } else if (statement?.type === "FunctionDeclaration") {
      functions.push(renameFunction(statement, edits));
    } else if (statement) rewriteStatement(statement, { hasVar, own }, edits);
  }
  const last = withinTry(statements.findLast(doesSomething), own);
  if (!last || !isHelp(last, own)) returnValue(program, last, edits);
  return {
    declares: declarations(statements, hasVar).filter(({ name }) => !own.has(name)),
    prefix: [...imports, ...functions].join(""),
  };
}

/** A list of exports says nothing in a cell; the lowering puts one behind all else. */
const doesSomething = (statement: t.Statement): boolean =>
  statement.type !== "ExportNamedDeclaration" || Boolean(statement.declaration);

/** The declarations of these statements; of several with one name, the last. */
function declarations(statements: readonly t.Statement[], hasVar: boolean): Declaration[] {
  const kinds = new Map<string, Kind>();
  const note = (names: readonly string[], kind: Kind) => {
    for (const name of names) kinds.set(name, kind);
  };
  if (hasVar) note(varNames(statements), "var");
  for (const outer of statements) {
    const statement = exported(outer);
    if (statement.type === "VariableDeclaration") {
      const names = statement.declarations.flatMap(({ id }) => namesIn(id));
      note(names, statement.kind as Kind);
    } else if (statement.type === "FunctionDeclaration") note(namesIn(statement.id), "function");
    else if (statement.type === "ClassDeclaration") note(namesIn(statement.id), "class");
    else if (statement.type === "ImportDeclaration") {
      note(
        valueSpecifiers(statement).flatMap(({ local }) => namesIn(local)),
        "import",
      );
    }
  }
  return [...kinds].map(([name, kind]) => ({ name, kind, variable: variableFor(name) }));
}

function exported(statement: t.Statement): t.Statement {
  if (
    statement.type !== "ExportNamedDeclaration" &&
    statement.type !== "ExportDefaultDeclaration"
  ) {
    return statement;
  }
  const declaration = statement.declaration;
  return (declaration?.type.endsWith("Declaration") ? declaration : statement) as t.Statement;
}

/** A cell has no importer, so `export` only says what the word behind it says. */
function withoutExport(statement: t.Statement, edits: Edits): t.Statement | undefined {
  switch (statement.type) {
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      const named = declaration && exported(statement) !== statement && !nameless(declaration);
      if (named || statement.type === "ExportDefaultDeclaration") {
        // `export default (value as Type)` keeps its parentheses.
        const start = Number(declaration!.extra?.parenStart ?? startOf(declaration!));
        edits.blankToSemicolon(startOf(statement), start);
        if (named) return declaration as t.Statement;
        edits.open(start, "(");
        const semicolon = Number(edits.source[endOf(statement) - 1] === ";");
        edits.close(endOf(statement) - semicolon, ")");
        return undefined;
      }
      edits.blankToSemicolon(startOf(statement), endOf(statement));
      return undefined;
    }
    case "TSExportAssignment":
      edits.blankToSemicolon(
        startOf(statement),
        signAfter(edits.source, startOf(statement), "=") + 1,
      );
      return undefined;
    case "ExportAllDeclaration":
      edits.blankToSemicolon(startOf(statement), endOf(statement));
      return undefined;
    default:
      return statement;
  }
}

const nameless = (declaration: t.Node): boolean => "id" in declaration && !declaration.id;

/** The function keeps its place under another name; the session variable gets it before the cell begins. */
function renameFunction({ id }: t.FunctionDeclaration, edits: Edits): string {
  const name = id!.name;
  edits.replace(startOf(id!), startOf(id!) + name.length, `${name}$f`);
  return `${variableFor(name)}=$cell.named(${name}$f,${JSON.stringify(name)});`;
}

/** Whether a cell can have a `var` in it, and which variables are not the session's. */
interface Variables {
  readonly hasVar: boolean;
  readonly own: ReadonlySet<string>;
}

function rewriteStatement(statement: t.Statement, variables: Variables, edits: Edits): void {
  if (statement.type === "ClassDeclaration") {
    const at = signAfter(edits.source, startOf(statement), "class");
    edits.open(at, `;${variableFor(statement.id!.name)}=`);
    edits.end(endOf(statement));
  } else if (statement.type === "VariableDeclaration") {
    if (!isOwn(statement, variables.own)) assign(statement, "statement", edits);
  } else if (variables.hasVar) rewriteVars(statement, variables.own, edits);
}

const isOwn = ({ declarations }: t.VariableDeclaration, own: ReadonlySet<string>): boolean =>
  own.size > 0 && declarations.every(({ id }) => namesIn(id).every((name) => own.has(name)));

/** `var` in a block or loop belongs to the session like `var` outside of one. */
function rewriteVars(node: t.Node, own: ReadonlySet<string>, edits: Edits): void {
  if (isFunction(node) || node.type === "ClassBody") return;
  const block = node.type === "BlockStatement" || node.type === "SwitchCase";
  for (const child of children(node)) {
    if (child.type === "VariableDeclaration" && child.kind === "var" && !isOwn(child, own)) {
      const head = "init" in node || "left" in node;
      assign(child, block ? "statement" : head ? "head" : "body", edits);
    }
    rewriteVars(child, own, edits);
  }
}

/** Where a declaration stands: as a statement among others, in the head of a loop, or alone behind `if (…)`. */
type Place = "statement" | "head" | "body";

function assign(
  { kind, declarations, start, end }: t.VariableDeclaration,
  place: Place,
  edits: Edits,
) {
  const keyword = place === "statement" ? edits.blankToSemicolon : edits.blank;
  keyword.call(edits, start!, start! + kind.length);
  for (const { id, init, end: last } of declarations) {
    const pattern = id.type !== "Identifier";
    if (pattern && init) edits.open(startOf(id), "(");
    if (pattern && init) edits.close(last!, ")");
    if (init || place === "head") continue;
    // `let x;` empties the variable; `var x;` leaves what is in it.
    if (kind === "var") edits.open(startOf(id), "void ");
    else edits.close(endOf(id), "=void 0");
  }
  if (place !== "head" && edits.source[end! - 1] !== ";") edits.end(end!);
}

/** A lowered `using` has all that follows it in a `try`, which keeps its error in a variable of its own. */
function withinTry(
  last: t.Statement | undefined,
  own: ReadonlySet<string>,
): t.Statement | undefined {
  if (last?.type !== "TryStatement" || !last.handler) return last;
  return varNames([last.handler]).some((name) => own.has(name)) ? last.block.body.at(-1) : last;
}

/** Whether a statement calls what only the lowering has, as one behind a class with decorators does. */
function isHelp(statement: t.Statement, own: ReadonlySet<string>): boolean {
  if (own.size === 0 || statement.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  const parts = expression.type === "SequenceExpression" ? expression.expressions : [expression];
  return parts.every(
    (part) => part.type === "CallExpression" && namesIn(part.callee).some((name) => own.has(name)),
  );
}

/** The value of a cell is that of its last statement, if that is an expression and no assignment. */
function returnValue(program: t.Program, last: t.Statement | undefined, edits: Edits): void {
  const directive = program.directives.at(-1);
  const node = last ?? directive;
  if (!node || (last && (last.type !== "ExpressionStatement" || assigns(last.expression)))) return;
  const semicolon = Number(edits.source[endOf(node) - 1] === ";");
  edits.open(startOf(node), "return (");
  edits.close(endOf(node) - semicolon, ")");
}

/** An assignment tells its value to a variable; in parentheses it tells it to the reader too. */
const assigns = (expression: t.Expression): boolean =>
  (expression.type === "AssignmentExpression" || expression.type === "UpdateExpression") &&
  expression.extra?.parenthesized !== true;
