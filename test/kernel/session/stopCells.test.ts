import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { type Stopping, stopCells } from "../../../kernel/session/stopCells.ts";
import type { UserProcess } from "../../../kernel/session/UserProcess.ts";

test("a cell that obeys only the sixth stop is stopped, and its process lives", async () => {
  const heard = new EventEmitter();
  let stops = 0;
  const user = process({
    tell: (message) => {
      if (message.type === "cancel" && stops === 6)
        queueMicrotask(() => heard.emit(`cancelled ${message.attempt}`));
    },
    stop: (stop) => {
      stops++;
      queueMicrotask(() => heard.emit(`interrupted ${stop}`));
    },
  });
  expect(await stopCells([1], user, stopping(heard))).toBe("stopped");
  expect(stops).toBe(6);
});

test("a cell is stopped no sooner than its last stop is over, which could hit the next cell otherwise", async () => {
  const heard = new EventEmitter();
  const sent: number[] = [];
  const answered: number[] = [];
  const answer = (stop: number) => {
    answered.push(stop);
    heard.emit(`interrupted ${stop}`);
  };
  const user = process({
    // It hears again as soon as it has been stopped once.
    tell: (message) => {
      if (message.type === "cancel" && sent.length > 0)
        queueMicrotask(() => heard.emit(`cancelled ${message.attempt}`));
    },
    // The first answer is so late that there is a second stop, whose own answer takes another while.
    stop: (stop) => {
      sent.push(stop);
      if (sent.length === 2) setImmediate(() => answer(sent[0]!));
      if (sent.length >= 2) setTimeout(() => answer(stop), 50);
    },
  });
  expect(await stopCells([1], user, stopping(heard))).toBe("stopped");
  expect(sent.length).toBeGreaterThan(1);
  expect(answered.at(-1)).toBe(sent.at(-1));
});

test("children of the process stay when no cell is to be stopped", async () => {
  const heard = new EventEmitter();
  const user = process({
    tell: (message) => {
      if (message.type === "cancel")
        queueMicrotask(() => heard.emit(`cancelled ${message.attempt}`));
    },
    interruptChildren: () => expect.unreachable(),
  });
  expect(await stopCells([], user, { ...stopping(heard), patience: 10_000 })).toBe("stopped");
});

const stopping = (heard: EventEmitter): Stopping => ({
  heard,
  patience: 10,
  isCurrent: () => true,
});

function process(does: Partial<UserProcess>): UserProcess {
  return {
    tell: () => undefined,
    answer: () => expect.unreachable(),
    interruptChildren: () => undefined,
    stop: () => expect.unreachable(),
    kill: () => expect.unreachable(),
    ...does,
  };
}
