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
  await practise(() => true);
  over = true;
  expect(turns.length).toBeGreaterThan(100);
});

test("practice goes on only while nobody waits", async () => {
  let isResting = false;
  let isOver = false;
  let askedEnough = () => {};
  const busy = new Promise<void>((done) => {
    askedEnough = done;
  });
  let asked = 0;
  const practising = practise(() => {
    asked += 1;
    if (asked === 100) askedEnough();
    return isResting;
  });
  void practising.then(() => {
    isOver = true;
  });
  await busy;
  expect(isOver).toBe(false);
  isResting = true;
  await practising;
  expect(isOver).toBe(true);
});
