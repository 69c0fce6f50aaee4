import { expect, test } from "vitest";
import { practise } from "../../../kernel/compile/index.ts";

test("practice compiles its cells, and lets others go first in between", async () => {
  const turns: number[] = [];
  let over = false;
  const count = () => {
    turns.push(turns.length);
    if (!over) setImmediate(count);
  };
  count();
  await practise();
  over = true;
  expect(turns.length).toBeGreaterThan(10);
});
