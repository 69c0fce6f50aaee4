import { describe, expect, test } from "vitest";
import { compileCell } from "../../../kernel/compile/index.ts";
import { Files } from "../../../kernel/debugger/Files.ts";
import { type Call, callOf } from "../../../kernel/debugger/Stack.ts";
import { isCaught, onward, stepFrom } from "../../../kernel/debugger/stepping.ts";

const text =
  "let t = 1;\ntry { t = risky(); } catch {}\nfor (t of [1, 2]) t;\nawait t;\nfunction risky() { throw 1; }";
const { code, place, columnOffset } = await compileCell(text, new Map());
const files = new Files("file:///home/kernel/");
for (const [scriptId, url] of [
  ["1", "In[1]"],
  ["2", "file:///home/kernel/user/main.js"],
  ["3", "node:timers"],
  ["4", "file:///home/library.js"],
] as const)
  files.loaded({ scriptId, url });
const where = { files, sources: new Map([["In[1]", { text, code, place, columnOffset }]]) };

/** A call at a place of a script; the wrapper of the cell begins on line 0. */
function call(scriptId: string, lineNumber: number, columnNumber = 0, functionLine = 0): Call {
  const functionLocation = { scriptId, lineNumber: functionLine, columnNumber: 0 };
  const frame = {
    ...{ callFrameId: "", functionName: "f", url: "", scopeChain: [], functionLocation },
    ...{ location: { scriptId, lineNumber, columnNumber }, this: { type: "undefined" as const } },
  };
  return callOf(frame, where);
}

const cell = call("1", 1, 6);
const kernel = call("2", 10);
const node = call("3", 10);
const library = call("4", 10);

describe("a halt", () => {
  test("in a cell or a library is shown", () => {
    expect(onward([cell, kernel], undefined)).toBeUndefined();
    expect(onward([library, cell], undefined)).toBeUndefined();
  });

  test("in the kernel goes on: out to what called it, or on its way", () => {
    expect(onward([node, kernel, cell], undefined)).toBe("stepOut");
    expect(onward([node, kernel], undefined)).toBe("resume");
    expect(onward([], undefined)).toBe("resume");
  });

  test("before or behind the text of a cell goes on", () => {
    expect(onward([call("1", 0, -5)], undefined)).toBe("stepOver");
    expect(onward([call("1", 5)], undefined)).toBe("resume");
  });
});

describe("a step", () => {
  test("that only comes further along its line goes on, and ends on another line", () => {
    const step = stepFrom("stepOver", [cell]);
    expect(onward([call("1", 1, 10)], step)).toBe("stepOver");
    expect(onward([call("1", 2, 0)], step)).toBeUndefined();
  });

  test("ends where it has been before, which is one turn of a loop on one line", () => {
    const begun = stepFrom("stepInto", [call("1", 2, 20)]);
    const further = stepFrom("stepInto", [call("1", 2, 4)], begun);
    expect(onward([call("1", 2, 30)], further)).toBe("stepInto");
    expect(onward([call("1", 2, 20)], further)).toBeUndefined();
  });

  test("goes over an await, at which the inspector halts twice", () => {
    const column = code.split("\n")[3]!.indexOf("$cell.waited");
    const begun = stepFrom("stepOver", [call("1", 3, column), kernel]);
    expect(onward([call("1", 3, column)], begun)).toBe("stepOver");
    const twice = stepFrom("stepOver", [call("1", 3, column)], begun);
    expect(onward([call("1", 3, column)], twice)).toBeUndefined();
  });

  test("into a function ends there, also on the same line", () => {
    const step = stepFrom("stepInto", [cell]);
    expect(onward([call("1", 1, 30, 4), cell], step)).toBeUndefined();
  });

  test("does not follow the kernel into a library when the cell has ended", () => {
    const step = stepFrom("stepOver", [cell, kernel]);
    expect(onward([library, kernel], step)).toBe("resume");
    expect(onward([library, cell, kernel], step)).toBeUndefined();
  });

  test("is none when the cell just runs on", () => {
    expect(stepFrom("resume", [cell])).toBeUndefined();
  });
});

test("an error is caught by the nearest cell that tries, not by the kernel", () => {
  const thrown = call("1", 4, text.split("\n")[4]!.indexOf("throw"), 4);
  const inside = text.split("\n")[1]!.indexOf("t = risky");
  expect(isCaught([thrown, call("1", 1, inside), kernel])).toBe(true);
  expect(isCaught([thrown, call("1", 0, 4), kernel])).toBe(false);
});
