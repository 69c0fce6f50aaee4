import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { stopCells } from "../../../kernel/session/stopCells.ts";
import type { UserProcess } from "../../../kernel/session/UserProcess.ts";

test("a cell that obeys only the sixth stop is stopped, and its process lives", async () => {
  const heard = new EventEmitter();
  let stops = 0;
  const user: UserProcess = {
    tell: (message) => {
      if (message.type === "cancel" && stops === 6)
        queueMicrotask(() => heard.emit(`cancelled ${message.attempt}`));
    },
    answer: () => expect.unreachable(),
    interruptChildren: () => undefined,
    stop: () => {
      stops++;
      queueMicrotask(() => heard.emit("interrupted"));
    },
    kill: () => expect.unreachable(),
  };
  const stopping = { heard, patience: 10, isCurrent: () => true };
  expect(await stopCells([1], user, stopping)).toBe("stopped");
  expect(stops).toBe(6);
});
