import { expect, test } from "vitest";
import { compileCell } from "../../../kernel/compile/index.ts";
import { codeAt, codePlaceOf, offsetIn, spotOf } from "../../../kernel/debugger/places.ts";
import type { CellSource } from "../../../kernel/session/index.ts";

async function sourceOf(text: string): Promise<CellSource> {
  const { code, place, columnOffset } = await compileCell(text, new Map());
  return { text, code, place, columnOffset };
}

test("a line of a cell and the place in its code lead to each other", async () => {
  const text =
    'import fs from "node:fs";\nconst a: number = 1;\nfunction f() {\n  return a;\n}\nf()';
  const source = await sourceOf(text);
  for (const line of [1, 2, 3, 4, 5, 6]) {
    const place = codePlaceOf(source, line)!;
    expect(place.lineNumber).toBe(line - 1);
    expect(spotOf(source, place)).toMatchObject({ line });
  }
  expect(codePlaceOf(source, 7)).toBeUndefined();
});

test("lines of a cell that is lowered are found where they went", async () => {
  const text = "enum Colour {\n  red,\n}\n\n\nconst made = Colour.red;\nmade";
  const source = await sourceOf(text);
  const place = codePlaceOf(source, 6)!;
  expect(codeAt(source, place)).toMatch(/made/);
  expect(spotOf(source, place)).toMatchObject({ line: 6 });
});

test("what the compiler put around a cell is none of its lines", async () => {
  const source = await sourceOf("function f() {}\nf()");
  expect(spotOf(source, { lineNumber: 0, columnNumber: source.columnOffset + 1 })).toBe("before");
  expect(spotOf(source, { lineNumber: 0, columnNumber: 0 })).toMatchObject({ line: 1 });
  expect(spotOf(source, { lineNumber: 2, columnNumber: 0 })).toBe("behind");
});

test("an offset counts the lines above", () => {
  const text = "one\ntwo\nthree";
  expect(text.slice(offsetIn(text, { line: 3, column: 2 }))).toBe("ree");
});
