import { EventEmitter, once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { FromControl } from "../../../kernel/link/index.ts";
import type { Death } from "../../../kernel/session/death.ts";
import { stopCells } from "../../../kernel/session/stopCells.ts";
import { type Said, startUserProcess } from "../../../kernel/session/UserProcess.ts";

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
  const { heard, run, stop, end } = started();
  for (let cell = 2; cell <= 400; cell += 2) {
    // A long cell is read in several pieces.
    run(cell, `for (let i = 0; i < 2e4; i++); // ${"x".repeat((cell % 3) * 200_000)}`);
    const begin = performance.now();
    while (performance.now() - begin < (cell % 20) / 30);
    await stop(cell);
    const next = once(heard, `done ${cell + 1}`);
    run(cell + 1, "return 1");
    await next;
  }
  end();
}, 60_000);

const thousand = (next: string) =>
  `for (let i = 0; i < 1000; i++) { const again = () => ${next}; again() } console.log("begun")`;
const ticks = thousand("process.nextTick(again)");

test.each([
  ["ticks", ticks],
  ["ticks in a timer", `setTimeout(() => { ${ticks} })`],
  ["ticks by way of microtasks", thousand("queueMicrotask(() => process.nextTick(again))")],
])(
  "one stop ends %s that call for themselves without end, however many, and the next cell has its own",
  async (_name, body) => {
    const { heard, run, stop, end } = started();
    const begun = once(heard, "stream");
    run(2, `${body}; return new Promise(() => {})`, true);
    await begun;
    await stop(2);
    const next = once(heard, "done 3");
    run(3, "return new Promise((done) => process.nextTick(done))", true);
    await next;
    end();
  },
  30_000,
);

test.each([
  ["ticks", ticks],
  ["microtasks", thousand("queueMicrotask(again)")],
])(
  "%s without end are stopped too when the cell and its end are read at once",
  async (_name, body) => {
    const { heard, user, run, end } = started();
    // Both are there before the process is.
    run(2, `${body}; return new Promise(() => {})`, true);
    const stopping = { heard, patience: 1000, isCurrent: () => true };
    expect(await stopCells([2], user, stopping)).toBe("stopped");
    const next = once(heard, "done 3");
    run(3, "return 1");
    await next;
    end();
  },
  30_000,
);

test("an answer that comes before its question, or twice, is not the answer to the next one", async () => {
  const { heard, user, run, end } = started();
  const answer = (text: string) => user.tell({ type: "input", text });
  answer("too early");
  const [first, done] = [once(heard, "input"), once(heard, "done 2")];
  run(2, "return [prompt('one'), prompt('two')].join()");
  await first;
  const second = once(heard, "input");
  answer("right");
  answer("twice");
  await second;
  answer("right as well");
  const [{ data }] = (await done) as [{ data: object }];
  expect(data).toMatchObject({ "text/plain": "'right,right as well'" });
  end();
});

/** A process that runs cells, and is stopped once each time. */
function started() {
  const heard = new EventEmitter();
  const user = startUserProcess(
    new URL("../../../dist/kernel/user/main.cjs", import.meta.url),
    {},
    {
      said: (message) => heard.emit(nameOf(message), message),
      controlled: (message) => heard.emit(nameOf(message)),
      wrote: () => undefined,
      died: ({ evalue }) => heard.emit("error", new Error(evalue)),
    },
  );
  const run = (cell: number, body: string, waits = false) =>
    user.tell({
      ...{ type: "run", cell, code: `(function () {${body}\n})`, file: `In[${cell}]` },
      ...{ variables: [], waits, columnOffset: 0, show: true },
    });
  const stop = async (cell: number) => {
    const stopped = once(heard, `interrupted ${cell}`);
    user.stop(cell);
    await stopped;
    // The stop may have hit the very message that is asked for here.
    const cancelled = once(heard, `cancelled ${cell}`);
    const ask = () => user.tell({ type: "cancel", cells: [cell], attempt: cell });
    ask();
    const again = setInterval(ask, 1);
    await cancelled.finally(() => clearInterval(again));
  };
  const end = () => {
    heard.removeAllListeners().on("error", () => undefined);
    user.kill();
  };
  return { heard, user, run, stop, end };
}

function nameOf(message: Said | FromControl): string {
  switch (message.type) {
    case "cancelled":
      return `cancelled ${message.attempt}`;
    case "interrupted":
      return `interrupted ${message.stop}`;
    case "done":
      return `done ${message.cell}`;
    default:
      return message.type;
  }
}
