import { parse } from "@babel/parser";
import type { Cell, Notebook } from "../run/index.ts";
import type { Finding } from "./Finding.ts";

/** What nbgrader keeps in a cell, schema 3. */
export interface Nbgrader {
  readonly schema_version: number;
  readonly grade_id: string;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly task: boolean;
  readonly points?: number;
}

// The file is from outside; what does not fit nbgrader's schema becomes a finding below.
export const nbgraderOf = (cell: Cell) => cell.metadata.nbgrader as Nbgrader | undefined;
export const textOf = ({ source }: Cell) => (typeof source === "string" ? source : source.join(""));
export const isTest = (cell: Cell) =>
  cell.cell_type === "code" && nbgraderOf(cell)?.grade === true && !nbgraderOf(cell)?.solution;

/** What can be told without running: names, points, markers and what a test ends with. */
export function lintCells(notebook: Notebook): Finding[] {
  const seen = new Set<string>();
  const findings = notebook.cells.flatMap((cell, index) => {
    const facts = nbgraderOf(cell);
    const name = facts?.grade_id || `number ${index + 1}`;
    const says = facts ? lintCell(cell, facts, seen) : [];
    return [...says, ...lintMarkers(textOf(cell))].map((says) => ({ cell: name, says }));
  });
  return [...lintKernel(notebook), ...findings];
}

function lintKernel({ metadata }: Notebook): Finding[] {
  const language = metadata.kernelspec?.language;
  if (language === "typescript") return [];
  const says = `kernelspec.language is ${language ?? "missing"}; without "typescript" nbgrader puts a Python stub where the solution stood.`;
  return [{ cell: "the notebook", says }];
}

function lintCell(cell: Cell, facts: Nbgrader, seen: Set<string>): string[] {
  const { grade_id, grade, solution, points, schema_version } = facts;
  const twice = seen.has(grade_id);
  seen.add(grade_id);
  return [
    ...(schema_version === 3 ? [] : [`schema_version is ${schema_version}, not 3.`]),
    ...(/^[\w-]+$/.test(grade_id) ? [] : ["The grade id may hold letters, digits, - and _ only."]),
    ...(twice ? ["Another cell has the same grade id; nbgrader refuses both."] : []),
    ...(!grade || (typeof points === "number" && points > 0)
      ? []
      : ["It is graded but has no points."]),
    ...(cell.cell_type === "code" && solution && !textOf(cell).includes("BEGIN SOLUTION")
      ? ["The answer cell has no BEGIN SOLUTION, so students would get what stands there."]
      : []),
    ...(isTest(cell) ? lintTest(textOf(cell)) : []),
  ];
}

/** Only a final expression gives points; anything else counts as full points for everybody. */
function lintTest(source: string): string[] {
  try {
    const { program } = parse(source, {
      sourceType: "module",
      plugins: ["typescript"],
      allowAwaitOutsideFunction: true,
    });
    const last = program.body.at(-1);
    if (last?.type === "ExpressionStatement" && last.expression.type !== "AssignmentExpression")
      return [];
    return [
      "A test must end with its points as an expression, such as grade.points; as it is, everybody gets full points.",
    ];
  } catch (error) {
    return [`It does not parse: ${error instanceof Error ? error.message : error}`];
  }
}

function lintMarkers(source: string): string[] {
  return ["SOLUTION", "HIDDEN TESTS", "MARK SCHEME"].flatMap((marker) => {
    const order = [...source.matchAll(new RegExp(`(BEGIN|END) ${marker}`, "g"))].map(
      ([, word]) => word,
    );
    const paired =
      order.length % 2 === 0 && order.every((word, i) => word === (i % 2 ? "END" : "BEGIN"));
    return paired ? [] : [`BEGIN ${marker} and END ${marker} do not pair up.`];
  });
}
