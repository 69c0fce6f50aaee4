import { expect, test } from "vitest";
import { withoutNodeRemarks } from "../../../kernel/session/nodeRemarks.ts";

const remark = (place: string) =>
  `Exception in PromiseRejectCallback:\n${place}:12\n\tdeep(n + 1)\n\t    ^\n\nRangeError: Maximum call stack size exceeded\n\n`;

const remarks = ["In[3]", "In[*]", "node:internal/process/promises", "file:///home/a.ts?v=2"]
  .map(remark)
  .join("");

/** What passes of a text that arrives in these pieces. */
function passed(pieces: readonly string[]): string {
  const said: string[] = [];
  const { take, end } = withoutNodeRemarks((text) => said.push(text));
  for (const piece of pieces) take(piece);
  end();
  expect(said).not.toContain("");
  return said.join("");
}

const text = `before\n${remarks}${remark("In[4]")}between\nWaiting for the debugger to disconnect...\nafter`;

test("what Node.js remarks about a full stack does not pass, wherever it is cut", () => {
  expect(passed([text])).toBe("before\nbetween\nafter");
  for (let cut = 0; cut < remarks.length; cut++) {
    const pieces = [remarks.slice(0, cut), `${remarks.slice(cut)}after`];
    expect([cut, passed(pieces)]).toEqual([cut, "after"]);
  }
  expect(passed([...`${remarks}E`])).toBe("E");
});

test.each([
  remark("/home/child.js"),
  "Exception in PromiseRejectCallback:\n",
  "Exception in PromiseRejectCallback:\nIn[1]:1\n",
  "Exception in PromiseRejectCallback:\n1\n2\n3\n4\n5\n6\n7\n",
  "Exception in the cell",
  "E",
  "an Exception in PromiseRejectCallback:\n",
])("what others write passes: %j", (others) => {
  expect(passed([others])).toBe(others);
  expect(passed([...others])).toBe(others);
  expect(passed([others + remarks])).toBe(others);
});

test("what only looks like the beginning of a remark passes at once, not with what is written next", async () => {
  const said = await new Promise<string>((resolve) => withoutNodeRemarks(resolve).take("Exc"));
  expect(said).toBe("Exc");
});

test("the end of a line that begins otherwise is not kept for a moment, which may be the last of its cell", () => {
  const said: string[] = [];
  withoutNodeRemarks((text) => said.push(text)).take("first\nDONE");
  expect(said).toEqual(["first\nDONE"]);
});
