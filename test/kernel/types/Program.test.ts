import { expect, test } from "vitest";
import { Program } from "../../../kernel/types/Program.ts";

test("a cell imports what it uses from the cell that declared it last", () => {
  const program = new Program();
  const read = () => program.read("const twice = 2 * rate").text;
  expect(read()).not.toContain("import");
  program.own({ declares: ["rate"], global: false }, "cell-1");
  expect(read()).toContain('import { rate } from "./cell-1"');
  program.own({ declares: ["rate", "other"], global: false }, "cell-2");
  expect(read()).toContain('import { rate } from "./cell-2"');
});

test.each([
  "const a = 1",
  "let { b: a } = { b: 1 }",
  "if (true) { var a = 1 }",
  "async function a() {}",
  "abstract class a {}",
  "enum a { Red }",
  "interface a {}",
  "type a = 1",
  "namespace a { export const b = 1 }",
  "declare const a: number",
  "import a from 'x'",
  "import { b as a } from 'x'",
])("what %s declares is known to later cells", (cell) => {
  const { declares, text } = new Program().read(cell);
  expect(declares).toEqual(["a"]);
  expect(text).toContain("export { a };");
});

test("a name that is not in the cell yet comes too where it is asked for, and only there", () => {
  const program = new Program();
  program.own({ declares: ["rate"], global: false }, "cell-1");
  const begun = (name: string) => name.startsWith("ra");
  expect(program.read("ra", begun).text).toContain('import { rate } from "./cell-1"');
  expect(program.read("ra").text).not.toContain("import");
  expect(program.read("ra", begun).text).toContain('import { rate } from "./cell-1"');
});

test("what a cell declares for the whole program, all later cells know, and it does not contradict itself", () => {
  const program = new Program();
  const cell = "declare global { var shared: number }";
  program.own(program.read(cell), "cell-1");
  expect(program.read("1").text).toContain('import "./cell-1";');
  expect(program.read(cell).text).not.toContain("cell-1");
});
