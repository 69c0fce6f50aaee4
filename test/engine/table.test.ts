import { expect, test } from "vitest";
import { tensor } from "../../src/index.ts";

const tableOf = (numbers: unknown): string =>
  (tensor(numbers as number[]) as unknown as { [show: symbol]: () => Record<string, string> })[
    Symbol.for("Jupyter.display")
  ]!()["text/html"] ?? "none";

/** The cells of a table, row by row. */
const rowsOf = (html: string) =>
  html
    .split("<tr>")
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text).join("|"));

test("the last axis runs across, and a row has its indices on all others before it", () => {
  expect(rowsOf(tableOf([1, 2]))).toEqual(["0|1", "1|2"]);
  expect(rowsOf(tableOf([[1], [2]]))).toEqual(["|0", "0|1", "1|2"]);
  const cube = [[[1, 2]], [[3, 4]]];
  expect(rowsOf(tableOf(cube))).toEqual(["|0|1", "0, 0|1|2", "1, 0|3|4"]);
  expect(tableOf(cube)).toContain("tensor of shape [2, 1, 2]");
});

test("a long table is cut before its last row and column", () => {
  const rows = rowsOf(tableOf(Array.from({ length: 5 }, () => Array(5).fill(Array(20).fill(0.5)))));
  expect(rows).toHaveLength(1 + 21);
  expect(rows[0]).toMatch(/^\|0\|.*\|10\|…\|19$/);
  expect(rows.slice(-3).map((row) => row.split("|")[0])).toEqual(["3, 3", "…", "4, 4"]);
});

test("a single number and no numbers at all have no table", () => {
  expect([tableOf(3), tableOf([])]).toEqual(["none", "none"]);
});
