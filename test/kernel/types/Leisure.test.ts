import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Leisure } from "../../../kernel/types/Leisure.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A leisure, and how many of those who wait for it may go. */
function waiting() {
  const leisure = new Leisure();
  let gone = 0;
  const wait = () => {
    void leisure.comes(performance.now()).then(() => {
      gone += 1;
    });
  };
  const goneAfter = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    return gone;
  };
  return { leisure, wait, goneAfter };
}

test("there is time while nothing runs, and beside a cell that nobody hurries", async () => {
  const { leisure, wait, goneAfter } = waiting();
  wait();
  expect(await goneAfter(0)).toBe(1);
  leisure.begins(false);
  wait();
  expect(await goneAfter(0)).toBe(2);
});

test("cells that follow one another without a pause have the machine for themselves", async () => {
  const { leisure, wait, goneAfter } = waiting();
  for (let cell = 0; cell < 20; cell++) {
    leisure.begins(true);
    wait();
    await vi.advanceTimersByTimeAsync(4);
    leisure.answered();
    expect(await goneAfter(4)).toBe(0);
  }
  expect(await goneAfter(1)).toBe(20);
});

test("a long cell leaves time for what waits", async () => {
  const { leisure, wait, goneAfter } = waiting();
  leisure.begins(true);
  wait();
  expect(await goneAfter(9)).toBe(0);
  expect(await goneAfter(1)).toBe(1);
});

test("nothing waits longer than a second", async () => {
  const { leisure, wait, goneAfter } = waiting();
  leisure.begins(true);
  wait();
  for (let cell = 0; cell < 124; cell++) {
    await vi.advanceTimersByTimeAsync(8);
    leisure.begins(true);
  }
  expect(await goneAfter(7)).toBe(0);
  leisure.begins(true);
  expect(await goneAfter(1)).toBe(1);
});

test("who asks for what waits need not wait", async () => {
  const { leisure, wait, goneAfter } = waiting();
  leisure.begins(true);
  wait();
  leisure.begin();
  expect(await goneAfter(0)).toBe(1);
});
