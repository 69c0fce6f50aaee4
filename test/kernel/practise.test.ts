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
  const nothing = () => undefined;
  await practise({ isResting: () => true, tune: nothing, also: async () => nothing() });
  over = true;
  expect(turns.length).toBeGreaterThan(100);
});

test("practice goes on only while nobody waits, and V8 is tuned with that once", async () => {
  let isResting = false;
  let [tuned, rounds] = [0, 0];
  let isOver = false;
  let askedEnough = () => {};
  const busy = new Promise<void>((done) => {
    askedEnough = done;
  });
  let asked = 0;
  const tune = () => {
    tuned += 1;
  };
  const said = () => {
    asked += 1;
    if (asked === 100) askedEnough();
    return isResting;
  };
  const also = async () => {
    rounds += 1;
  };
  const practising = practise({ isResting: said, tune, also });
  void practising.then(() => {
    isOver = true;
  });
  await busy;
  expect([isOver, tuned, rounds]).toEqual([false, 0, 0]);
  isResting = true;
  await practising;
  expect([isOver, tuned]).toEqual([true, 1]);
  expect(rounds).toBeGreaterThan(100);
});
