import { expect, test } from "vitest";
import { practise } from "../../kernel/practise.ts";

test("practice lets others go first in between, and comes to an end", async () => {
  const turns: number[] = [];
  let over = false;
  const count = () => {
    turns.push(turns.length);
    if (!over) setImmediate(count);
  };
  count();
  await practise();
  over = true;
  expect(turns.length).toBeGreaterThan(100);
});
