import { expect, test } from "vitest";
import { compileExpression, type Kind } from "../../../kernel/compile/index.ts";

const names = new Map<string, Kind>([
  ["process", "let"],
  ["fixed", "const"],
  ["w", "let"],
]);

test.each([
  ["(w as number) + 1", "((w          ) + 1)"],
  ["process", "(process$cell)"],
  ["{ process, w }", "({ process: process$cell, w })"],
  ["w = 2;", "(w = 2);"],
  ["fixed * 2", "(fixed * 2)"],
  ["((process: string) => process)('a')", "(((process        ) => process)('a'))"],
])("%s is asked as %s", (source, code) => {
  expect(compileExpression(source, names)).toBe(code);
});

test("what is not named by the session keeps its name", () => {
  expect(compileExpression("process", new Map())).toBe("(process)");
});

test("a constant stays one", () => {
  expect(() => compileExpression("fixed = 3", names)).toThrow(/fixed is a constant.*\nHint/);
});

test("half an expression is told as a mistake of syntax", () => {
  expect(() => compileExpression("w +", names)).toThrow(SyntaxError);
});
