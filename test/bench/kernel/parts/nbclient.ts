import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { python } from "../../../../kernel/install/python.mjs";
import { root } from "../../../../kernel/install/root.mjs";
import { atLeast } from "../goals.ts";
import type { Part } from "../Part.ts";
import { cells } from "../texts.ts";

const runs = 20;
const results = Array.from({ length: 40 }, (_, i) => `${i + 1}`);
const lines = Array.from({ length: 2000 }, (_, i) => `line ${i}`);

/** Forty cells and a flood through the program that executes notebooks for nbconvert, papermill and nbgrader. */
export const nbclient: Part = {
  rounds: 1,
  kernels: ["downhill", "tslab", "Deno", "ipykernel"],
  measure: async ({ argv, language, interrupt, env = {} }) => {
    const { trivial, flood } = cells[language];
    const notebook = [...results.map((_, i) => trivial(i)), flood(lines.length)];
    const kernel = {
      argv,
      language,
      interrupt_mode: interrupt,
      env,
      cells: notebook,
      results,
      lines,
      runs,
    };
    const script = join(root, "test", "bench", "kernel", "nbclient_runs.py");
    const { stdout } = await promisify(execFile)(python, [script, JSON.stringify(kernel)]);
    const counts = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return [
      {
        row: `runs of ${runs} through nbclient with 40 of 40 results`,
        value: counts.filter((run) => run.results === results.length).length,
      },
      {
        row: `runs of ${runs} through nbclient with 2 000 of 2 000 lines`,
        value: counts.filter((run) => run.lines === lines.length).length,
      },
    ];
  },
  goals: {
    [`runs of ${runs} through nbclient with 40 of 40 results`]: [atLeast(runs)],
    [`runs of ${runs} through nbclient with 2 000 of 2 000 lines`]: [atLeast(runs)],
  },
};
