import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Kernel } from "../../kernel/requests/index.ts";
import { server } from "../../kernel/server.ts";
import { Turn } from "../../kernel/session/Turn.ts";
import type { Diagnostic } from "../../kernel/types/index.ts";
import type { Message } from "../../kernel/wire/index.ts";

// A busy machine must not use up the time that a cell waits for its remarks.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
afterEach(() => void vi.useRealTimers());

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise(setImmediate);
};

const remark: Diagnostic = { message: "no number", code: 2322, line: 1, column: 7 };

/** A kernel whose cells give nothing or, where they say so, fail, with a type checker that answers when it is told to. */
function kernelWithSlowTypes() {
  const sent: string[] = [];
  const statuses = new Map<string | undefined, unknown>();
  const checks: ((found: Diagnostic[]) => void)[] = [];
  const begun: string[] = [];
  const { receive, goesOn, hurried } = server(() => ({
    send: (channel, { header, content, parent_header: { msg_id } }) => {
      sent.push(`${msg_id} ${channel} ${content.execution_state ?? header.msg_type}`);
      if (channel === "shell") statuses.set(msg_id, content.status);
    },
    close: async () => undefined,
  }));
  const kernel = {
    session: {
      during: <Value>(work: (turn: Turn) => Value) => work(new Turn()),
      run: async (code: string) =>
        code === "fail"
          ? { status: "error", error: { ename: "Error", evalue: "", traceback: [] } }
          : { status: "ok" },
      outputFor: ({ msg_id }: { msg_id: string }) => ({
        remark: () => sent.push(`${msg_id} remark`),
        error: () => sent.push(`${msg_id} error`),
      }),
    },
    publish: () => undefined,
    log: () => undefined,
    types: {
      isWarm: () => true,
      leisure: {
        begins: (hurried: boolean) => begun.push(hurried ? "hurried" : "calm"),
        answered: () => undefined,
      },
      check: () => new Promise((done) => checks.push(done)),
    },
    complaints: [],
    history: [],
    executionCount: 0,
    goesOn,
    hurried,
  } as unknown as Kernel;
  const run = (msg_id: string, allow_stdin: boolean, code = "1") =>
    receive(kernel, "shell", {
      identities: [],
      header: { msg_type: "execute_request", msg_id, session: "s" },
      content: { code, allow_stdin },
    } as unknown as Message);
  return { sent, statuses, checks, begun, run };
}

test("a cell is answered before its types are checked, and is over when they are", async () => {
  const { sent, checks, run } = kernelWithSlowTypes();
  run("a", false);
  await until(() => checks.length === 1);
  await until(() => sent.includes("a shell execute_reply"));
  checks[0]!([remark]);
  await until(() => sent.includes("a iopub idle"));
  const order = ["a iopub busy", "a shell execute_reply", "a remark", "a iopub idle"];
  expect(sent).toEqual(order);
});

test("the next cell does not wait for the remarks on the one before, which come late where a person sees them", async () => {
  const { sent, checks, run } = kernelWithSlowTypes();
  for (const [cell, person] of [
    ["a", true],
    ["b", false],
    ["c", false],
  ] as const)
    run(cell, person);
  await until(() => sent.includes("c shell execute_reply"));
  for (const check of checks) check([remark]);
  await until(() => sent.includes("c iopub idle"));
  expect(sent.indexOf("a iopub idle")).toBeLessThan(sent.indexOf("b iopub busy"));
  expect(sent.filter((what) => what.endsWith("remark"))).toEqual(["a remark", "c remark"]);
});

test("an error aborts the cells that were sent before its answer, and none that was sent after", async () => {
  const { sent, statuses, checks, run } = kernelWithSlowTypes();
  run("a", false, "fail");
  run("b", false);
  await until(() => statuses.has("a"));
  expect(sent).not.toContain("a iopub idle");
  run("c", false);
  await until(() => statuses.has("c"));
  for (const check of checks) check([]);
  await until(() => sent.includes("c iopub idle"));
  expect(Object.fromEntries(statuses)).toEqual({ a: "error", b: "aborted", c: "ok" });
});

test("a cell is hurried when it was sent before the one before had ended", async () => {
  const { sent, checks, begun, run } = kernelWithSlowTypes();
  run("a", false);
  run("b", false);
  await until(() => sent.includes("b shell execute_reply"));
  for (const check of checks) check([]);
  await until(() => sent.includes("b iopub idle"));
  run("c", false);
  await until(() => checks.length === 3);
  checks[2]!([]);
  await until(() => sent.includes("c iopub idle"));
  expect(begun).toEqual(["calm", "hurried", "calm"]);
});
