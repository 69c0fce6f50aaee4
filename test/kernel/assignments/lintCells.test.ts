import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintCells, type Nbgrader } from "../../../kernel/assignments/lintCells.ts";
import type { Cell, Notebook } from "../../../kernel/run/index.ts";

const ps2: Notebook = JSON.parse(
  readFileSync("notebooks/assignments/source/ps2/ps2.ipynb", "utf8"),
);

/** Problem set 2 with one cell changed. */
function changed(id: string, change: (cell: Cell, facts: Nbgrader) => Partial<Cell>): Notebook {
  const cells = ps2.cells.map((cell) => {
    const facts = cell.metadata.nbgrader as Nbgrader | undefined;
    return facts?.grade_id === id ? { ...cell, ...change(cell, facts) } : cell;
  });
  return { ...ps2, cells };
}

const facts = (patch: Partial<Record<keyof Nbgrader, unknown>>) => (cell: Cell, old: Nbgrader) => ({
  metadata: { ...cell.metadata, nbgrader: { ...old, ...patch } },
});

const source = (text: string) => () => ({ source: text });

test("problem set 2 has nothing to mend", () => {
  expect(lintCells(ps2)).toEqual([]);
});

test("a notebook without a language would get Python stubs", () => {
  const [finding] = lintCells({ ...ps2, metadata: {} });
  expect(finding?.says).toMatch(/kernelspec.language is missing.*Python stub/);
});

test.each([
  [
    "a test without a last expression",
    changed("wrong-test", source("const points = 3;")),
    /full points/,
  ],
  ["a test that ends with an assignment", changed("wrong-test", source("x = 0;")), /full points/],
  ["a test that does not parse", changed("wrong-test", source("graded(")), /does not parse/],
  ["a test without points", changed("wrong-test", facts({ points: undefined })), /no points/],
  ["two cells of one name", changed("wrong-test", facts({ grade_id: "wrong" })), /same grade id/],
  ["a name with a space", changed("wrong", facts({ grade_id: "my answer" })), /letters, digits/],
  ["an old schema", changed("wrong", facts({ schema_version: 1 })), /schema_version is 1/],
  ["an answer without markers", changed("wrong", source("const wrong = [];")), /no BEGIN SOLUTION/],
  [
    "a marker without its end",
    changed("wrong", source("// BEGIN SOLUTION\nconst wrong = [];")),
    /BEGIN SOLUTION and END SOLUTION do not pair up/,
  ],
])("%s is found", (_, notebook, says) => {
  const findings = lintCells(notebook);
  expect(findings.map((finding) => finding.says)).toEqual([expect.stringMatching(says)]);
});
