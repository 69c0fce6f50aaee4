import type { CellOutput, Outcome } from "../session/index.ts";
import type { Content } from "../wire/index.ts";
import type { Handler, Kernel } from "./Kernel.ts";

/** What a front end asks when it runs a cell. */
interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly expressions: Readonly<Record<string, unknown>>;
}

/** Runs a cell: what it shows goes to everybody, how it ended to the one who asked. */
export const execute: Handler = async (kernel, request) => {
  const { header, content } = request;
  const { code, silent, storeHistory, expressions } = readRequest(content);
  if (storeHistory) kernel.executionCount += 1;
  const execution_count = kernel.executionCount;
  if (!silent) kernel.publish("execute_input", { code, execution_count }, header);
  const output = kernel.session.outputFor(header, silent, (question) => {
    if (content.allow_stdin === true) kernel.ask(request, question);
    else kernel.session.tell({ type: "input", text: undefined });
  });
  const file = storeHistory ? `In[${execution_count}]` : "In[*]";
  const outcome = await kernel.session.run(code, file, output, !silent);
  if (storeHistory) remember(kernel, code, outcome);
  if (outcome.status === "error") {
    output.error(outcome.error);
    return {
      status: "error",
      execution_count,
      ...outcome.error,
      user_expressions: {},
      payload: [],
    };
  }
  if (outcome.shown) output.result(execution_count, outcome.shown);
  if (kernel.picture) await output.addPictures(kernel.picture, kernel.log);
  const user_expressions = await valuesOf(kernel, expressions, output);
  return { status: "ok", execution_count, user_expressions, payload: [] };
};

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

function remember({ history, executionCount }: Kernel, source: string, outcome: Outcome): void {
  const text = outcome.status === "ok" ? outcome.shown?.data["text/plain"] : undefined;
  const output = typeof text === "string" ? text : undefined;
  history.push({ session: 0, line: executionCount, source, output });
}

async function valuesOf(
  { session }: Kernel,
  expressions: Readonly<Record<string, unknown>>,
  output: CellOutput,
): Promise<Content> {
  const values: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(expressions)) {
    const outcome = await session.run(`(${expression})`, "In[*]", output);
    values[name] =
      outcome.status === "ok"
        ? { status: "ok", data: { "text/plain": "undefined" }, metadata: {}, ...outcome.shown }
        : { status: "error", ...outcome.error };
  }
  return values;
}
