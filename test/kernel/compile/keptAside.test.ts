import { expect, test } from "vitest";
import { compileCell } from "../../../kernel/compile/index.ts";

/** The code that goes to the answers, and what stays behind, in order. */
async function parted(source: string) {
  const kept: unknown[] = [];
  const keep = (value: unknown) => `<${kept.push(value) - 1}>`;
  const { code, place } = await compileCell(source, new Map(), { keep });
  return { code, kept, place };
}

const importing = 'import { graded, near } from "downhill";';

test("what a test expects in literals, and how tests are called, never goes to the answers", async () => {
  const { code, kept } = await parted(`${importing}
graded(3, (is) => ({
  "secret name": () => is(half(5), 2.5),
  other: () => is(all(), [1, { w: -2 / 4, "b c": [null, true, "x", NaN] }], 1e-3),
  method() { return near(f(), 7n) },
}));`);
  expect(kept).toHaveLength(6);
  expect(kept).toEqual(
    expect.arrayContaining([
      "secret name",
      "other",
      "method",
      2.5,
      7n,
      [1, { w: -0.5, "b c": [null, true, "x", Number.NaN] }],
    ]),
  );
  expect(code).not.toMatch(/secret|other|method|2\.5|b c|7n/);
  expect(code).toMatch(/is\(half\(5\), ?"<\d>"\)/);
  expect(code).toContain("1e-3");
});

test("the same from a block that returns the tests", async () => {
  const { kept } = await parted(
    `${importing} graded(1, (near) => { const f = () => 1; return { "one": () => { return near(f(), 1) } } })`,
  );
  expect(kept.toSorted()).toEqual([1, "one"]);
});

test("what is known only when the cell runs stays in the code", async () => {
  const { kept } = await parted(
    `${importing} const want = 2; graded(1, (near) => ({ [want]: () => near(f(), want) && near(f(), [want]) && near(f(), g()) && near(f(), -want) && near(f(), { want }) && near(f(), { __proto__: null }) && near(f(), [1, , 2]) }))`,
  );
  expect(kept).toEqual([]);
});

test.each([
  "const mine = (a, b) => a === b; graded(1, { [0]: () => mine(f(), 2) })",
  "graded(1, (near) => ({ [0]: () => { const near = (a, b) => a === b; return near(f(), 2) } }))",
  "graded(1, (is) => ({ [0]: () => ((is) => is(f(), 2))((a, b) => a === b) }))",
])("a comparison of the test's own keeps its numbers: %s", async (source) => {
  expect((await parted(`import { graded } from "downhill"; ${source}`)).kept).toEqual([]);
});

test("a cell that gives no points is left alone", async () => {
  const { kept } = await parted('import { near } from "downhill"; near(f(), 2)');
  expect(kept).toEqual([]);
});

test("lines stay where they are", async () => {
  const { code } = await parted(`${importing}
graded(1, (near) => ({ a: () => near(f(), [
  1,
  2,
]) }));
throw after`);
  expect(code.split("\n")[5]).toContain("throw after");
});
