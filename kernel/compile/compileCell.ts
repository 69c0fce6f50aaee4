import type * as t from "@babel/types";
import { rewriteWaiting } from "./asynchrony.ts";
import { Edits } from "./Edits.ts";
import { eraseTypes, NeedsLowering } from "./erase.ts";
import { type Keep, keepAside } from "./keptAside.ts";
import { type Lowered, lower } from "./lower.ts";
import { compileModuleCell, moduleFile } from "./moduleCell.ts";
import { type Declaration, type Names, namesWith } from "./Names.ts";
import { rewriteNumericLoops } from "./numericLoops.ts";
import { CellSyntaxError, isJsx, parseCell, withoutHashLines } from "./parse.ts";
import { offsetOf, placeAt } from "./places.ts";
import { rewriteReferences } from "./references.ts";
import { freeReferences, usingNames, varNames } from "./scopes.ts";
import type { Positions } from "./sourceMap.ts";
import { rewriteTopLevel } from "./statements.ts";
import { children, isUsing, namesIn } from "./walk.ts";

/** A cell, ready to run. */
export interface CompiledCell {
  /** A function expression with the parameter `$cell`. */
  readonly code: string;
  /** Whether the function gives a promise of the cell's value. */
  readonly waits: boolean;
  /** How far the cell's first line stands behind the beginning of the code, as a negative number. */
  readonly columnOffset: number;
  readonly declares: readonly Declaration[];
  /** From a place in a stack trace to the place in the cell. */
  readonly place: Positions;
}

/** How a cell is to run. */
export interface CompileOptions {
  /**
   * Given where work is graded: a cell that gives points is protected from the answers that it tests, and what
   * it expects is kept from them by this.
   */
  readonly keep?: Keep;
}

/**
 * Turns a TypeScript cell into a function: types are blanked, top-level declarations become assignments to
 * session variables, the last expression becomes the value. Lines stay where they are. A cell that is a
 * module becomes one that later cells import.
 * @throws {CellSyntaxError}
 */
export async function compileCell(
  source: string,
  names: Names,
  how: CompileOptions = {},
): Promise<CompiledCell> {
  const cell = withoutHashLines(source);
  const file = moduleFile(cell);
  if (file) return handingOver(compileModuleCell(cell, file));
  try {
    return compilePlain(cell, names, how);
  } catch (error) {
    const jsx = error instanceof CellSyntaxError && isJsx(cell);
    if (!jsx && !needsLowering(error, cell)) throw error;
    const lowered = await lower(cell, jsx ? "cell.tsx" : "cell.ts");
    const compiled = compilePlain(lowered.code, names, { ...how, lowered });
    return { ...compiled, place: (place) => lowered.positions(compiled.place(place)) };
  }
}

/** What declares and gives nothing itself. */
const handingOver = (code: string): CompiledCell => ({
  code,
  waits: false,
  columnOffset: 0,
  declares: [],
  place: (place) => place,
});

/** Parameter decorators are beyond the parser; the lowering knows them. */
const needsLowering = (error: unknown, source: string): boolean =>
  error instanceof NeedsLowering ||
  (error instanceof CellSyntaxError && /^\s*@|[(,]\s*@/m.test(source));

function compilePlain(
  source: string,
  known: Names,
  { keep, lowered }: CompileOptions & { readonly lowered?: Lowered },
): CompiledCell {
  const program = parseCell(source);
  if (!runtimeHasUsing && /\busing\b/.test(source)) refuseUsing(program);
  const edits = new Edits(source);
  const own = new Set([...usingNames(program), ...(lowered ? helpersOf(program, lowered) : [])]);
  const references = freeReferences(program, own);
  const used = new Set(references.map(({ name }) => name));
  const { declares, prefix } = rewriteTopLevel(program, { used, own }, edits);
  // The native parser knows which statements have some.
  const typed = (program.extra?.typed ?? program.body) as t.Statement[];
  for (const statement of typed) eraseTypes(statement, edits);
  const names = namesWith(known, declares);
  rewriteReferences(references, names, edits);
  rewriteNumericLoops(program, references, names, edits);
  const waits = rewriteWaiting(program, edits) || prefix.includes("await ");
  const empty = lowered ? emptied(declares, lowered) : "";
  const test = keep !== undefined && isTest(program);
  if (test) keepAside(program, edits, keep);
  const { before, after } = test ? ownVariables(declares) : asIs;
  const head = `${before[0]}(${waits ? "async " : ""}function($cell){"use strict";${before[1]}${prefix}${empty}`;
  const { code, sourceOffset } = edits.apply();
  return {
    code: `${head}${code}\n${after[0]}})${after[1]}`,
    waits,
    columnOffset: -head.length,
    declares,
    place: (place) => placeAt(source, sourceOffset(offsetOf(code, place))),
  };
}

/** What stands around a cell's function, and in it around the cell. */
interface Around {
  readonly before: readonly [outside: string, inside: string];
  readonly after: readonly [inside: string, outside: string];
}

const asIs: Around = { before: ["", ""], after: ["", ""] };

/**
 * Text around a test and its body that gives it variables of its own, which code of other cells cannot set
 * while it runs. Later cells find them in the session's variables once it has ended.
 */
function ownVariables(declares: readonly Declaration[]): Around {
  const names = declares.map(({ variable }) => variable).join(",");
  if (names === "") return asIs;
  return {
    before: [`(()=>{const $leave=($all)=>{[${names}]=$all};return `, `let ${names};try{`],
    after: [`}finally{$leave([${names}])}`, "})()"],
  };
}

/** Whether a cell gives points: it imports what counts them. */
const isTest = ({ body }: t.Program): boolean =>
  body.some(
    (statement) =>
      statement.type === "ImportDeclaration" &&
      statement.source.value === "downhill" &&
      statement.specifiers.some(
        (one) =>
          one.type === "ImportSpecifier" &&
          one.imported.type === "Identifier" &&
          one.imported.name === "graded",
      ),
  );

/**
 * The variables that the lowering declared for itself: each cell has its own, or one class would run another's
 * decorators. So are those of a lowered `using`, which end with the cell.
 */
function helpersOf({ body }: t.Program, { says }: Lowered): string[] {
  const helpers = new Set(varNames(body).filter((name) => !says(name)));
  const last = body.at(-1);
  const using = last?.type === "TryStatement" ? last.block.body.flatMap(declaratorsOf) : [];
  const given = using.filter(
    ({ init }) =>
      init?.type === "CallExpression" && namesIn(init.callee).some((name) => helpers.has(name)),
  );
  return [...helpers, ...given.flatMap(({ id }) => namesIn(id))];
}

const declaratorsOf = (statement: t.Statement): t.VariableDeclarator[] =>
  statement.type === "VariableDeclaration" ? statement.declarations : [];

/** Lowered enums and namespaces add to what their variable holds, which must be nothing at first. */
const emptied = (declares: readonly Declaration[], { merged }: Lowered): string =>
  declares
    .filter(({ name, kind }) => kind === "var" && merged.has(name))
    .map(({ variable }) => `${variable}=void 0;`)
    .join("");

/** Whether this Node runs `using` itself (24 and later do). */
const runtimeHasUsing = (() => {
  try {
    return Boolean(new Function("{ using nothing = null; }"));
  } catch {
    return false;
  }
})();

function refuseUsing(node: t.Node): void {
  if (node.type === "VariableDeclaration" && isUsing(node)) {
    throw new NeedsLowering("using");
  }
  for (const child of children(node)) refuseUsing(child);
}
