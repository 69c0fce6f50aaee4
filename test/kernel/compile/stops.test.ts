import { describe, expect, test } from "vitest";
import { catchesAt, stoppableLines } from "../../../kernel/compile/index.ts";

describe("a cell can be stopped", () => {
  test.each([
    ["where statements begin", "let a = 1;\n\n// no\na += 1;\nif (a) {\n  a = 2;\n}", [1, 4, 5, 6]],
    [
      "in functions and at their ends",
      "function f() {\n  return 1;\n}\nconst g = () =>\n  f();",
      [2, 3, 4, 5],
    ],
    ["where something is called", "f(\n  g(),\n  1,\n);", [1, 2]],
    ["at no type", "interface A {\n  b: string;\n}\ntype C = A;\ndeclare function f(): void;", []],
    ["at no import", 'import fs from "node:fs";\nfs;', [2]],
    ["at nothing that is nothing", "// only words", []],
  ])("%s", (_where, source, lines) => {
    expect(stoppableLines(source)).toEqual(lines);
  });

  test("nobody knows where, while it is no TypeScript", () => {
    expect(stoppableLines("let a = ")).toBeUndefined();
  });
});

describe("what is thrown", () => {
  const at = (source: string) => [source.replace("•", ""), source.indexOf("•")] as const;

  test.each([
    ["try { a•(); } catch {}", true],
    ["try { if (a) { a•(); } } catch (e) { b(); }", true],
    ["try { a(); } catch { b•(); }", false],
    ["try { a•(); } finally { b(); }", false],
    ["a•();", false],
    ["try { later(() => { a•(); }); } catch {}", false],
    ["function f() { try { a•(); } catch {} }", true],
  ])("in %s is caught there: %s", (source, caught) => {
    expect(catchesAt(...at(source))).toBe(caught);
  });
});
