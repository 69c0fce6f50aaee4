import { EventEmitter, once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { FromUser } from "../../../kernel/link/index.ts";
import type { Death } from "../../../kernel/session/death.ts";
import { startUserProcess } from "../../../kernel/session/UserProcess.ts";

test("an interrupt does not end a process that is not there yet, and so would not hear it", async () => {
  const main = join(mkdtempSync(join(tmpdir(), "downhill-process-")), "main.mjs");
  writeFileSync(main, "setTimeout(() => process.exit(7), 50)");
  const death = await new Promise<Death>((died) => {
    const user = startUserProcess(
      pathToFileURL(main),
      {},
      {
        said: () => undefined,
        controlled: () => undefined,
        wrote: () => undefined,
        died,
      },
    );
    user.interruptChildren();
  });
  expect(death).toMatchObject({ ename: "ProcessExit", evalue: expect.stringContaining("code 7") });
});

test("a stop at whatever moment loses no later cell, also in the middle of reading one", async () => {
  const heard = new EventEmitter();
  const user = startUserProcess(
    new URL("../../../dist/kernel/user/main.cjs", import.meta.url),
    {},
    {
      said: (message) => heard.emit(nameOf(message)),
      controlled: ({ type }) => heard.emit(type),
      wrote: () => undefined,
      died: ({ evalue }) => heard.emit("error", new Error(evalue)),
    },
  );
  const run = (cell: number, body: string) =>
    user.tell({
      ...{ type: "run", cell, code: `(function () {${body}\n})`, file: `In[${cell}]` },
      ...{ variables: [], waits: false, columnOffset: 0, show: true },
    });
  for (let cell = 2; cell <= 400; cell += 2) {
    // A long cell is read in several pieces.
    run(cell, `for (let i = 0; i < 2e4; i++); // ${"x".repeat((cell % 3) * 200_000)}`);
    const begin = performance.now();
    while (performance.now() - begin < (cell % 20) / 30);
    const stopped = once(heard, "interrupted");
    user.stop();
    await stopped;
    // The stop may have hit the very message that is asked for here.
    const cancelled = once(heard, `cancelled ${cell}`);
    const ask = () => user.tell({ type: "cancel", cells: [cell], attempt: cell });
    ask();
    const again = setInterval(ask, 20);
    await cancelled.finally(() => clearInterval(again));
    const next = once(heard, `done ${cell + 1}`);
    run(cell + 1, "return 1");
    await next;
  }
  heard.removeAllListeners().on("error", () => undefined);
  user.kill();
}, 60_000);

const nameOf = (message: FromUser): string => {
  if (message.type === "cancelled") return `cancelled ${message.attempt}`;
  return message.type === "done" ? `done ${message.cell}` : message.type;
};
