import { expect, test } from "vitest";
import { functionOf, readAhead } from "../../../kernel/user/reading.ts";

const text = (code: string, file = "In[1]") => ({ code, file, columnOffset: 0 });

/** How often V8 reads a text that counts when it is read: a getter of the parts, which only reading asks for. */
function counted(code: string, file?: string) {
  let count = 0;
  const { columnOffset, ...rest } = text(code, file);
  const counting = {
    ...rest,
    get columnOffset() {
      count += 1;
      return columnOffset;
    },
  };
  return { counting, count: () => count };
}

const called = (body: unknown): unknown => (body as () => unknown)();

test("a cell that was read ahead is not read again, and runs as the one that comes", () => {
  const { counting, count } = counted("(function(){return 1 + 1})");
  readAhead(counting);
  expect(called(functionOf(counting))).toBe(2);
  expect(count()).toBe(1);
});

test("it is read ahead for one run: the same text gives a new function the next time", () => {
  const one = text("(function(){return 1})");
  readAhead(one);
  expect(functionOf(one)).not.toBe(functionOf(one));
});

test("another text, and the same under another name, is read by itself", () => {
  readAhead(text("(function(){return 1})"));
  expect(called(functionOf(text("(function(){return 2})")))).toBe(2);
  const body = "(function(){return new Error().stack})";
  readAhead(text(body, "In[1]"));
  expect(called(functionOf(text(body, "In[2]")))).toContain("In[2]");
});

test("a text that cannot be read fails when it is to run, and takes nothing with it", () => {
  readAhead(text("(function(){return 1})"));
  readAhead(text("(function(){"));
  expect(() => functionOf(text("(function(){"))).toThrow(SyntaxError);
  expect(called(functionOf(text("(function(){return 1})")))).toBe(1);
});

/** What a cell that V8 cannot read says first; three characters of the compiler's stand before it. */
function mistakeIn(cell: string): string[] {
  try {
    functionOf({ ...text(`(()${cell}`), columnOffset: -3 });
  } catch (error) {
    return (error as Error).stack!.split("\n").slice(0, 3);
  }
  throw new Error("it could be read");
}

test("the mark below a mistake stands where it does in the cell, in the first line and below", () => {
  expect(mistakeIn("=>{let m = /(/;})")).toEqual([
    "In[1]:1",
    "=>{let m = /(/;})",
    "           ^^^",
  ]);
  expect(mistakeIn("=>{\n  let m = /(/;})")).toEqual([
    "In[1]:2",
    "  let m = /(/;})",
    "          ^^^",
  ]);
});
