import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { compileCell, moduleFile } from "../../../kernel/compile/index.ts";

test.each([
  ["/** @module shapes */ export {}", "shapes.ts"],
  [
    "// first\n\n/* not this: @module no */\n/**\n * Words.\n * @module shapes\n */\nlet a",
    "shapes.ts",
  ],
  ["/**\n * @jsx\n * @module shapes\n */", "shapes.tsx"],
  ["/** @jsx @module shapes */", "shapes.tsx"],
  ["/** @module shapes @jsx */", "shapes.tsx"],
  ["/** @jsx */\n/** @module shapes */", "shapes.tsx"],
])("%j is the module %s", (source, file) => {
  expect(moduleFile(source)).toBe(file);
});

test.each([
  "/** @module two words */",
  "/** @module ../above */",
  "/** @module */",
  "/** @jsx */ 1",
  "/* @module shapes */",
  "// /** @module shapes */\n1",
  "1 /** @module shapes */",
  "/** @modules shapes */",
  "",
])("%j is an ordinary cell", (source) => {
  expect(moduleFile(source)).toBeUndefined();
});

test("a module's cell hands over what it exports, and declares nothing itself", async () => {
  const { code, declares } = await compileCell(
    "# a line of nbgrader\n/** @module m */\nexport const a: number = 1",
    new Map(),
  );
  expect(declares).toEqual([]);
  let given: unknown[] = [];
  runInThisContext(code)({ module: (...all: unknown[]) => (given = all) });
  expect(given[0]).toBe("m.ts");
  expect(given[1]).toMatch(/^ *\n\/\*\* @module m \*\/\nexport const a *= 1$/);
});
