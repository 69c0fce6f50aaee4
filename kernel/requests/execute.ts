import {
  bold,
  type CellOutput,
  type Compiled,
  interrupted,
  type Outcome,
  type Turn,
} from "../session/index.ts";
import type { Diagnostic } from "../types/index.ts";
import type { Content, Message } from "../wire/index.ts";
import { diagnosticsShown } from "./diagnose.ts";
import { EarlyReply, type Handler, type Kernel } from "./Kernel.ts";
import { complaintsShown } from "./note.ts";
import { pauses } from "./pauses.ts";
import { startupFailure } from "./startup.ts";

/** What a front end asks when it runs a cell. */
interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly expressions: Readonly<Record<string, unknown>>;
}

/**
 * Runs a cell: what it shows goes to everybody, how it ended to the one who asked. From now to the answer an
 * interrupt is for this cell, whatever it waits for.
 */
export const execute: Handler = (kernel, request) =>
  kernel.session.during((turn) => executed(kernel, request, turn));

async function executed(kernel: Kernel, request: Message, turn: Turn): Promise<EarlyReply> {
  const { header, content } = request;
  const { code, silent, storeHistory, expressions } = readRequest(content);
  if (storeHistory) kernel.executionCount += 1;
  const execution_count = kernel.executionCount;
  if (!silent) kernel.publish("execute_input", { code, execution_count }, header);
  const output = kernel.session.outputFor(header, silent, (question) => {
    if (content.allow_stdin === true) kernel.ask(request, question);
    else kernel.session.tell({ type: "input", text: undefined });
  });
  const complaints = silent ? undefined : complaintsShown(kernel);
  if (complaints) output.remark(complaints);
  const file = storeHistory ? `In[${execution_count}]` : "In[*]";
  const failure = await startupFailure(kernel, output);
  const { outcome, remarks } = failure
    ? { outcome: failure }
    : await checkedRun(kernel, request, turn, {
        code,
        silent,
        compile: () => compileAhead(kernel, code, file),
        run: async (before) => {
          if (turn.interrupted) return interrupted;
          const ran = await kernel.session.run(code, file, output, { show: !silent, ...before });
          // What the type checker says of the cell comes below; nobody waits for it to see the result.
          if (ran.status === "ok" && ran.shown) output.result(execution_count, ran.shown);
          return ran;
        },
        remark: output.remark,
      });
  const user_expressions: Record<string, unknown> = {};
  if (outcome.status === "ok") {
    await painted(kernel, request, output, turn);
    for (const [name, expression] of Object.entries(expressions))
      user_expressions[name] = await expressed(kernel, expression, output, turn);
  }
  // Also a cell whose code was over may be interrupted: those that wait for it are not to run.
  const last = outcome.status === "ok" && turn.interrupted ? interrupted : outcome;
  if (last.status === "error") output.error(last.error);
  const told =
    last.status === "error"
      ? { status: "error", execution_count, ...last.error, user_expressions: {}, payload: [] }
      : { status: "ok", execution_count, user_expressions, payload: [] };
  return new EarlyReply(told, async () => {
    if (storeHistory) remember(kernel, code, execution_count, outcome);
    await remarks?.();
  });
}

/**
 * A cell ends when the pictures of its figures are there, since who saves a notebook takes what came
 * until then. Where the next cell waits already, they are made beside it.
 */
async function painted(
  kernel: Kernel,
  request: Message,
  output: CellOutput,
  { interruption }: Turn,
): Promise<void> {
  const { picture, log } = kernel;
  const added = picture && output.addPictures(picture, log);
  if (added !== undefined) {
    const all = Promise.all([kernel.painting, added]).then(() => {
      if (kernel.painting === all) kernel.painting = undefined;
    });
    kernel.painting = all;
  }
  if (kernel.painting !== undefined)
    await Promise.race([kernel.painting, kernel.goesOn(request), interruption]);
}

/** A cell that has been answered waits for the remarks of the type checker for so many milliseconds. */
const remarkPause = pauses(20);

/** What there is to do for a cell. */
interface Work {
  readonly code: string;
  readonly silent: boolean;
  readonly compile: () => Promise<Compiled>;
  readonly run: (compiled?: { readonly before: Compiled }) => Promise<Outcome>;
  readonly remark: CellOutput["remark"];
}

/** Compiles a cell that is going to run unless its check refuses it, and lets V8 read it until then. */
async function compileAhead({ session }: Kernel, code: string, file: string): Promise<Compiled> {
  const compiled = await session.compile(code, file);
  // A debugger puts its breakpoints into a cell before V8 reads it.
  if (!("status" in compiled.cell) && !session.follower) {
    const { code, columnOffset } = compiled.cell;
    session.tell({ type: "readAhead", code, file, columnOffset });
  }
  return compiled;
}

/** Runs a cell beside its type check, or behind it where ill-typed cells are refused. */
async function checkedRun(
  kernel: Kernel,
  request: Message,
  turn: Turn,
  { code, silent, compile, run, remark }: Work,
): Promise<{ readonly outcome: Outcome; readonly remarks?: () => Promise<void> }> {
  const { types, strict, log } = kernel;
  if (!types || silent) return { outcome: await run() };
  if (strict) {
    // The question leaves first; while the checker looks at the cell, it is compiled.
    const compiling = new Promise(setImmediate).then(compile);
    const checked = Promise.all([types.diagnose(code), compiling]);
    const [found, before] = (await Promise.race([checked, turn.interruption])) ?? [[]];
    if (found.length > 0) return { outcome: refusal(found, code) };
    const running = run(before && { before });
    // First the cell is on its way, then the checker is told that it is part of the program.
    if (!turn.interrupted) setImmediate(() => void types.commit(code));
    return { outcome: await running };
  }
  types.leisure.begins(kernel.hurried(request));
  const running = run();
  const warm = types.isWarm();
  const found = types.check(code, running).catch((error: unknown) => {
    log(`no types for a cell: ${error}`);
    return [];
  });
  const outcome = await running;
  const show = (diagnostics: readonly Diagnostic[]) => {
    const news = diagnostics.filter((one) => !isSyntax(one) || !failedAsSyntax(outcome));
    if (news.length > 0) remark(diagnosticsShown(news, code));
  };
  /** Nobody waits for a checker that has not started. */
  const inTime = async () => {
    if (!warm) return undefined;
    const { over, end } = remarkPause();
    const first = await Promise.race([found, over, kernel.goesOn(request)]);
    end();
    return first;
  };
  const remarks = async () => {
    types.leisure.answered();
    const diagnostics = await inTime();
    if (diagnostics) show(diagnostics);
    // Where a person can answer, a remark may also come after the cell.
    else if (request.content.allow_stdin === true) void found.then(show);
  };
  return { outcome, remarks };
}

/** The error of a cell that could not be read says all there is to say about that. */
const failedAsSyntax = (outcome: Outcome): boolean =>
  outcome.status === "error" && outcome.error.ename === "SyntaxError";

/** TypeScript numbers mistakes of syntax below 2000, but for a name that is declared twice. */
const isSyntax = ({ code }: Diagnostic): boolean => code < 2000 || code === 2451;

function refusal(diagnostics: readonly Diagnostic[], code: string): Outcome {
  const [first] = diagnostics;
  const text = diagnosticsShown(diagnostics, code).data["text/plain"];
  const evalue = `${first!.message} (${first!.line}:${first!.column})`;
  const traceback = [`${bold("TypeCheck")}: the cell was not run.`, "", ...text.split("\n")];
  return { status: "error", error: { ename: "TypeCheck", evalue, traceback } };
}

/** @throws {TypeError} when there is no code. */
function readRequest(content: Content): ExecuteRequest {
  const { code, silent = false, store_history = true, user_expressions } = content;
  if (typeof code !== "string") {
    throw new TypeError(
      `execute_request must bring its code as a string, but it is ${typeof code}.`,
    );
  }
  return {
    code,
    silent: silent === true,
    storeHistory: store_history !== false && silent !== true,
    expressions: (user_expressions ?? {}) as Record<string, unknown>,
  };
}

function remember(kernel: Kernel, source: string, line: number, outcome: Outcome): void {
  const { history, historyFiles, log } = kernel;
  const text = outcome.status === "ok" ? outcome.shown?.data["text/plain"] : undefined;
  const output = typeof text === "string" ? text.slice(0, 10_000) : undefined;
  const entry = { session: 0, line, source, output };
  history.push(entry);
  try {
    historyFiles?.add(entry);
  } catch (error) {
    // A home that cannot be written to costs the memory of later sessions, not this cell.
    log(`the history is not kept: ${error}`);
    kernel.historyFiles = undefined;
  }
}

/** What a user expression is; of an interrupted cell no more is asked. */
async function expressed(
  { session }: Kernel,
  expression: unknown,
  output: CellOutput,
  turn: Turn,
): Promise<Content> {
  const outcome = turn.interrupted
    ? interrupted
    : await session.run(`(${expression})`, "In[*]", output);
  return outcome.status === "ok"
    ? { status: "ok", data: { "text/plain": "undefined" }, metadata: {}, ...outcome.shown }
    : { status: "error", ...outcome.error };
}
