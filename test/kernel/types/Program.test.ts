import { expect, test } from "vitest";
import { Program } from "../../../kernel/types/Program.ts";

test("a cell imports what it uses from the cell that declared it last", () => {
  const program = new Program();
  const read = () => program.read("const twice = 2 * rate").text;
  expect(read()).not.toContain("import");
  program.own(program.read("let rate = 1"), "cell-1");
  expect(read()).toContain('import { rate } from "./cell-1"');
  program.own(program.read("let rate = 2, other = 3"), "cell-2");
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
  "declare global { var b: number }\nlet a = 1",
  "import a from 'x'",
  "import { b as a } from 'x'",
])("what %s declares is known to later cells", (cell) => {
  const { declares, text } = new Program().read(cell);
  expect(declares).toEqual(["a"]);
  expect(text).toContain("export { a };");
});

test("a name that is not in the cell yet comes too where it is asked for, and only there", () => {
  const program = new Program();
  program.own(program.read("let rate = 1"), "cell-1");
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

test("a cell that declares something for the whole program knows what others do", () => {
  const program = new Program();
  program.own(program.read("declare global { var shared: number }"), "cell-1");
  expect(program.read("declare global { var other: string }\nshared").text).toContain("cell-1");
});

test("what a cell declares anew for the whole program is gone from the one that did before, and no more", () => {
  const program = new Program();
  const before = "let mine = 1\ndeclare global { var shared: number; var other: number }";
  program.own(program.read(before), "cell-1");
  const after = program.read("declare global { var shared: string }");
  const [changed, ...more] = program.own(after, "cell-2");
  expect(more).toEqual([]);
  expect(changed?.module).toBe("cell-1");
  expect(changed?.text).toContain(
    "let mine = 1\ndeclare global {                     var other: number }",
  );
  expect(changed?.text).toContain("export { mine };");
  expect(program.own(program.read("declare global { var last: 1 }"), "cell-3")).toEqual([]);
  for (const module of ["cell-1", "cell-2", "cell-3"]) {
    expect(program.read("shared").text).toContain(`import "./${module}";`);
  }
});
