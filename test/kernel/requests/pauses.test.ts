import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pauses } from "../../../kernel/requests/pauses.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Pauses of 20 ms, and the names of those that are over. */
function named() {
  const begin = pauses(20);
  const over: string[] = [];
  return {
    over,
    begin: (name: string) => {
      const pause = begin();
      void pause.over.then(() => over.push(name));
      return pause;
    },
  };
}

test("each pause is over when its own time has come", async () => {
  const { begin, over } = named();
  begin("a");
  await vi.advanceTimersByTimeAsync(15);
  begin("b");
  await vi.advanceTimersByTimeAsync(4);
  expect(over).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(14);
  expect(over).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toEqual(["a", "b"]);
});

test("one that is ended calls nobody, and those behind it keep their time", async () => {
  const { begin, over } = named();
  const { end } = begin("a");
  await vi.advanceTimersByTimeAsync(10);
  begin("b");
  end();
  await vi.advanceTimersByTimeAsync(19);
  expect(over).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toEqual(["b"]);
});

test("however many begin and end, one timer waits", async () => {
  const { begin } = named();
  for (let i = 0; i < 1000; i++) begin(`${i}`).end();
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(20);
  expect(vi.getTimerCount()).toBe(0);
});
