import { expect, test } from "vitest";
import { judging } from "../../../kernel/session/judging.ts";

const judge = () => judging(() => import("../../../src/index.ts"));
const compare = (actual: unknown, expected: unknown) =>
  ({ type: "compare", actual, expected, tolerance: 1e-6 }) as const;

test("compares with what was kept, which no process of answers has seen", async () => {
  const { keep, answer } = judge();
  const word = keep([1, 2]);
  expect(word).toMatch(/^kept [-0-9a-f]{36}$/);
  expect(await answer(compare([1, 2], word))).toBe(true);
  expect(await answer(compare([1, 3], word))).toBe("gives [1, 3], not [1, 2]");
});

test("takes a word that it has not given for a text", async () => {
  expect(await judge().answer(compare(2, judge().keep(2)))).toMatch(
    /^gives 2 \(a number\), not kept/,
  );
});

test("counts the points of tests that have run, and shows what it counted, whatever arrives", async () => {
  const { keep, answer, shown } = judge();
  const rows = [
    { test: keep("two is two"), passed: true, says: "" },
    { test: "other", passed: false, says: "gives 1, not 2" },
    { test: "silent", passed: false, says: "" },
  ];
  const count = await answer({ type: "count", outOf: 3, rows });
  if (typeof count !== "object") throw new Error("no points were counted");
  expect(count.points).toBe(1);
  expect(count.rows.map(({ test }) => test)).toEqual(["two is two", "other", "silent"]);
  const arrived = { data: { ...count.shown, "text/plain": "3" }, metadata: {} };
  const { data } = shown(arrived);
  expect(data["text/plain"]).toBe("1");
  expect(data["text/markdown"]).toMatch(/1 of 3 points.*\| ✓ \| two is two \|/s);
  expect(Object.keys(data).toSorted()).toEqual(["text/markdown", "text/plain"]);
});

test("leaves alone what is no grade of its own", () => {
  const arrived = {
    data: { "text/plain": "4", "application/vnd.downhill.grade": "grade 1" },
    metadata: {},
  };
  expect(judge().shown(arrived)).toBe(arrived);
});
