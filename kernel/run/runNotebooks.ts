import { basename, dirname, resolve } from "node:path";
import { makeRoomFor, Trouble } from "../install/index.ts";
import type { Content } from "../wire/index.ts";
import { type Answer, type KernelProcess, startKernel } from "./KernelProcess.ts";
import { NotebookOutputs } from "./NotebookOutputs.ts";
import { type Cell, type Notebook, readNotebook, sourceOf, writeNotebook } from "./notebook.ts";
import { type Print, printCell, printFailure, printOutput } from "./print.ts";

/** How to run notebooks. */
export interface RunOptions {
  /** Save the outputs into the notebook itself. */
  readonly inplace: boolean;
  /** Save them into this file. */
  readonly output: string | undefined;
  /** How long a cell may take. */
  readonly secondsPerCell: number;
  /** Go on with the next cell after an error. */
  readonly allowErrors: boolean;
}

/** Runs notebooks from top to bottom, each in a fresh kernel, and returns the exit code: 1 if a cell failed. */
export async function runNotebooks(
  files: readonly string[],
  options: RunOptions,
  print: Print = { out: process.stdout, err: process.stderr },
): Promise<number> {
  if (files.length === 0) {
    throw new Trouble("downhill run needs a notebook.", "For example `downhill run lesson.ipynb`.");
  }
  if (options.output !== undefined && files.length > 1) {
    throw new Trouble(
      `--output saves one notebook, but ${files.length} were given.`,
      "Use --inplace, or run them one by one.",
    );
  }
  // All are read before the first runs: a misspelled name should not be found out after minutes.
  const notebooks = files.map((file) => ({ file, notebook: readNotebook(file) }));
  if (options.output !== undefined) makeRoomFor(options.output);
  let failures = 0;
  for (const { file, notebook } of notebooks) {
    const start = performance.now();
    const { cells, failed } = await runNotebook(file, notebook, options, print);
    const save = options.output ?? (options.inplace ? file : undefined);
    if (save !== undefined) writeNotebook(save, notebook);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    print.err.write(`${file}: ran ${cells} cells in ${seconds} s, ${failed} failed\n`);
    failures += failed;
  }
  return failures > 0 ? 1 : 0;
}

async function runNotebook(
  file: string,
  notebook: Notebook,
  options: RunOptions,
  print: Print,
): Promise<{ cells: number; failed: number }> {
  const kernel = await startKernel(dirname(resolve(file)));
  const outputs = new NotebookOutputs();
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  let [cells, failed] = [0, 0];
  try {
    for (const [index, cell] of code.entries()) {
      cells += 1;
      const fine = await runCell(kernel, cell, options.secondsPerCell, print, (type, content) =>
        outputs.hear(index, type, content),
      );
      if (!fine) failed += 1;
      if (!fine && !options.allowErrors) break;
    }
  } finally {
    await kernel.close();
  }
  // Only now is it known which later cell updated or cleared what an earlier one showed.
  for (const [index, cell] of code.entries()) cell.outputs = outputs.of(index);
  if (cells < code.length) {
    print.err.write(
      `${basename(file)}: ${code.length - cells} cells after the failed one did not run\n`,
    );
  }
  return { cells, failed };
}

/** Runs one cell; whether it ended as its author wants it to. */
async function runCell(
  kernel: KernelProcess,
  cell: Cell,
  seconds: number,
  print: Print,
  keep: (type: string, content: Content) => void,
): Promise<boolean> {
  const source = sourceOf(cell);
  cell.execution_count = null;
  if (source.trim() === "") return true;
  printCell(source, print);
  const answer = await kernel.execute(source, seconds, (type, content) => {
    keep(type, content);
    printOutput(type, content, print);
  });
  cell.execution_count = executionCount(answer);
  if (answer.kind === "reply" && answer.content.status === "ok") return true;
  if (answer.kind !== "reply") printFailure(answer, seconds, print);
  // The author of the notebook may want to show an error: nbclient and nbgrader know this tag too.
  const expected = cell.metadata?.tags?.includes("raises-exception") ?? false;
  return expected && answer.kind === "reply";
}

function executionCount(answer: Answer): number | null {
  if (answer.kind !== "reply") return null;
  const { execution_count } = answer.content;
  return typeof execution_count === "number" ? execution_count : null;
}
