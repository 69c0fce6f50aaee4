import { expect, test } from "vitest";
import type { FromUser } from "../../../kernel/link/index.ts";
import { inOrder } from "../../../kernel/user/inOrder.ts";

const text = (text: string): FromUser => ({ type: "stream", cell: 1, name: "stdout", text });
const seen = (sent: readonly FromUser[]) =>
  sent.map((message) => ("text" in message ? message.text : message.type));

test("what comes after a display that is being made waits for it", () => {
  const sent: FromUser[] = [];
  const { write, reserve } = inOrder((message) => sent.push(message));
  write(text("before"));
  const [first, second] = [reserve(), reserve()];
  write(text("after"));
  second(text("second"));
  expect(seen(sent)).toEqual(["before"]);
  first(text("first"));
  expect(seen(sent)).toEqual(["before", "first", "second", "after"]);
});

test("a display that fails gives its place up", () => {
  const sent: FromUser[] = [];
  const { write, reserve } = inOrder((message) => sent.push(message));
  const put = reserve();
  write(text("after"));
  put();
  expect(seen(sent)).toEqual(["after"]);
});

test("nothing waits for a display that does not come, and the end of a cell for none", async () => {
  const sent: FromUser[] = [];
  const { write, reserve } = inOrder((message) => sent.push(message));
  const put = reserve();
  write(text("early"));
  write({ type: "done", cell: 1 });
  expect(seen(sent)).toEqual(["early", "done"]);
  put(text("late"));
  expect(seen(sent)).toEqual(["early", "done", "late"]);
  reserve();
  write(text("patient"));
  await expect.poll(() => seen(sent), { timeout: 10_000 }).toContain("patient");
});
