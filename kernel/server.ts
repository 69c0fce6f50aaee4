import { randomUUID } from "node:crypto";
import { arrivals } from "./arrivals.ts";
import { EarlyReply, errorReply, handlers, type Kernel } from "./requests/index.ts";
import type { Publish } from "./session/index.ts";
import { type Shell, shells, type Waiting } from "./shells.ts";
import {
  type Channel,
  type Content,
  type Header,
  type Message,
  protocolVersion,
  type Sockets,
} from "./wire/index.ts";

type Asked = Exclude<Channel, "hb" | "iopub">;

/** The kernel's own half of the conversation: makes messages, and answers requests one kind at a time. */
export function server(sockets: () => Sockets) {
  const session = randomUUID();
  const header = (msg_type: string): Header => ({
    msg_id: randomUUID(),
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type,
    version: protocolVersion,
  });
  const publish: Publish = (type, content, parent, { metadata = {}, buffers = [] } = {}) => {
    const topic = Buffer.from(`kernel.${session}.${type}`);
    const message = { identities: [topic], header: header(type), parent_header: parent };
    sockets().send("iopub", { ...message, metadata, content, buffers });
  };
  const status = (execution_state: string, parent: Partial<Header>) =>
    publish("status", { execution_state }, parent);
  const reply = (channel: Asked, request: Message, content: Content) =>
    sockets().send(channel, {
      identities: request.identities,
      header: header(request.header.msg_type.replace("_request", "_reply")),
      parent_header: request.header,
      metadata: {},
      content,
      buffers: [],
    });
  const ask = (request: Message, question: { prompt: string; password: boolean }) =>
    sockets().send("stdin", {
      identities: request.identities,
      header: header("input_request"),
      parent_header: request.header,
      metadata: {},
      content: { prompt: question.prompt, password: question.password },
      buffers: [],
    });
  return { publish, status, ask, ...answering({ status, reply }) };
}

interface Speaking {
  readonly status: (state: string, parent: Partial<Header>) => void;
  readonly reply: (channel: Asked, request: Message, content: Content) => void;
}

/** The cells of a shell wait for each other; everything else is answered at once, also while a cell runs. */
function answering({ status, reply }: Speaking) {
  const abort = aborting({ status, reply });
  const { subshells, shellOf } = shells(abort);
  const { heard, came, ...who } = arrivals(shellOf);
  const answer = async (kernel: Kernel, channel: Asked, request: Message): Promise<void> => {
    status("busy", request.header);
    const handler = isLost(request) ? unknownSubshell : handlers[request.header.msg_type];
    const answer = handler
      ? await attempt(kernel, request, async () => handler(kernel, request, channel))
      : unknownRequest(kernel, request);
    const { content, rest } = answer instanceof EarlyReply ? answer : new EarlyReply(answer);
    if (handler && isRequest(request)) reply(channel, request, content);
    // Who sends a cell after this answer has seen the error, and wants the cell to run.
    const aborted = stopsOthers(request, content)
      ? (shellOf(request)?.waiting.splice(0) ?? [])
      : [];
    await rest?.();
    status("idle", request.header);
    abort(aborted);
  };
  /** A comm is the same in every shell: the last word of one may arrive after its subshell was deleted. */
  const isLost = (request: Message) => isRequest(request) && !shellOf(request);
  const work = async (kernel: Kernel, shell: Shell) => {
    shell.working = true;
    for (let next = shell.waiting.shift(); next; next = shell.waiting.shift()) {
      await answer(kernel, next.channel, next.request);
    }
    shell.working = false;
  };
  const receive = (kernel: Kernel, channel: Asked, request: Message): void => {
    heard();
    const shell = shellOf(request);
    if (request.header.msg_type !== "execute_request" || !shell) {
      void answer(kernel, channel, request);
      return;
    }
    shell.waiting.push({ channel, request });
    came(request, shell);
    if (!shell.working) void work(kernel, shell);
  };
  return { receive, subshells, ...who };
}

/** Answers cells without running them. */
const aborting =
  ({ status, reply }: Speaking) =>
  (waiting: readonly Waiting[]): void => {
    for (const { channel, request } of waiting) {
      status("busy", request.header);
      reply(channel, request, { status: "aborted" });
      status("idle", request.header);
    }
  };

/** Whether the cells that were sent before this one failed are not to run. */
const stopsOthers = ({ header, content: { stop_on_error } }: Message, { status }: Content) =>
  header.msg_type === "execute_request" && status === "error" && stop_on_error !== false;

/** Steps of comms and answers to questions get no reply. */
const isRequest = ({ header }: Message): boolean => header.msg_type.endsWith("_request");

/** A mistake in the kernel itself must not leave a front end waiting, nor a cell without a word. */
async function attempt<Answer>(
  { executionCount, publish }: Kernel,
  { header }: Message,
  work: () => Promise<Answer>,
): Promise<Answer | Content> {
  try {
    return await work();
  } catch (error) {
    const { name, message, stack } = error as Error;
    const { status, ...told } = errorReply(name, message, String(stack).split("\n"));
    if (header.msg_type === "execute_request") publish("error", told, header);
    return { status, ...told, execution_count: executionCount };
  }
}

function unknownSubshell({ log, executionCount }: Kernel, { header }: Message): Content {
  const { msg_type, subshell_id } = header;
  log(`no answer to ${msg_type}: there is no subshell ${subshell_id}`);
  const evalue = `A message names a subshell of this kernel, but there is no subshell ${JSON.stringify(subshell_id)}.\nHint: create_subshell_request gives the name of a new one; without a name the message is for the main shell.`;
  return { ...errorReply("UnknownSubshell", evalue), execution_count: executionCount };
}

function unknownRequest({ log }: Kernel, { header }: Message): Content {
  log(`no answer to ${header.msg_type}: the kernel does not know it`);
  return { status: "error" };
}
