import { expect, test } from "vitest";
import { lowerNow } from "../../../kernel/compile/lower.ts";
import { readSourceMap } from "../../../kernel/compile/sourceMap.ts";

const source = "// one\n\nenum E {\n  a = 4,\n}\n\nexport function f() {\n\n  return E.a;\n}\n";
const code = lowerNow(source, "f.ts");
const [, base64] = /base64,(\S+)/.exec(code)!;
const place = readSourceMap(Buffer.from(base64!, "base64").toString());
const madeLine = (text: string) => code.split("\n").findIndex((line) => line.includes(text)) + 1;

test("a place in the made code leads to the place that it was made from", () => {
  const line = madeLine("return 4");
  expect(place({ line, column: 2 })).toEqual({ line: 9, column: 2 });
});

test("a line that was made from nothing belongs to what stands above, and to no line of its own number", () => {
  const line = madeLine("export {");
  expect(place({ line, column: 0 }).line).toBe(10);
  expect(place({ line: line + 1, column: 0 }).line).toBe(10);
});
