import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Cell, type Notebook, readNotebook, runNotebooks } from "../run/index.ts";
import type { Finding } from "./Finding.ts";
import { isTest, nbgraderOf, textOf } from "./lintCells.ts";

/** Runs the assignment twice: with its solutions every test gives full points, with the stubs none. */
export async function lintRuns(file: string): Promise<Finding[]> {
  const solved = await pointsOf(file, (cell) => cell);
  const stubbed = await pointsOf(file, stub);
  return readNotebook(file)
    .cells.filter(isTest)
    .flatMap((cell) => {
      const { grade_id, points } = nbgraderOf(cell)!;
      const [full, none] = [solved.get(grade_id), stubbed.get(grade_id)];
      return [
        ...(full === points
          ? []
          : [`The solution gets ${full ?? "no points at all"} of ${points}.`]),
        ...(none === 0
          ? []
          : [`An empty answer gets ${none ?? "full points (the cell gives none)"}.`]),
      ].map((says) => ({ cell: grade_id, says }));
    });
}

/** What each test cell gives, by grade id; undefined where it gives no number. */
async function pointsOf(file: string, change: (cell: Cell) => Cell) {
  // Beside the notebook, because cells may read the files that lie there.
  const folder = mkdtempSync(join(dirname(resolve(file)), ".lint-"));
  try {
    const copy = join(folder, "assignment.ipynb");
    const notebook = readNotebook(file);
    writeFileSync(copy, JSON.stringify({ ...notebook, cells: notebook.cells.map(change) }));
    const options = { inplace: true, output: undefined, secondsPerCell: 30, allowErrors: true };
    await runNotebooks([copy], options, { out: silence, err: silence });
    const ran: Notebook = JSON.parse(readFileSync(copy, "utf8"));
    return new Map(
      ran.cells.filter(isTest).map((cell) => [nbgraderOf(cell)!.grade_id, numberIn(cell)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What nbgrader makes of an answer for the students. */
function stub(cell: Cell): Cell {
  if (cell.cell_type !== "code" || !nbgraderOf(cell)?.solution) return cell;
  const source = textOf(cell).replace(
    /^.*BEGIN SOLUTION[\s\S]*?END SOLUTION.*$/gm,
    'throw new Error("not implemented");',
  );
  return { ...cell, source };
}

function numberIn(cell: Cell): number | undefined {
  const result = cell.outputs?.find((output) => output.output_type === "execute_result");
  const text = (result?.data as Record<string, unknown> | undefined)?.["text/plain"];
  const points = Number(Array.isArray(text) ? text.join("") : text);
  if (!Number.isNaN(points)) return points;
  // An error counts as nothing, no result at all as everything.
  return cell.outputs?.some((output) => output.output_type === "error") ? 0 : undefined;
}

const silence = { write: () => true };
