import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { EarlyReply, handlers, type Kernel } from "./requests/index.ts";
import type { Publish } from "./session/index.ts";
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
  const publish: Publish = (type, content, parent, { metadata = {}, buffers = [] } = {}) =>
    sockets().send("iopub", {
      identities: [Buffer.from(`kernel.${session}.${type}`)],
      header: header(type),
      parent_header: parent,
      metadata,
      content,
      buffers,
    });
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

/** A cell that waits for its turn. */
interface Waiting {
  readonly channel: Asked;
  readonly request: Message;
}

/** Cells wait for each other; everything else is answered at once, also while a cell runs. */
function answering({ status, reply }: Speaking) {
  const queue: Waiting[] = [];
  const arrivals = new EventEmitter();
  let working = false;
  const abort = ({ channel, request }: Waiting) => {
    status("busy", request.header);
    reply(channel, request, { status: "aborted" });
    status("idle", request.header);
  };
  const answer = async (kernel: Kernel, channel: Asked, request: Message): Promise<void> => {
    status("busy", request.header);
    const handler = handlers[request.header.msg_type];
    const answer = handler
      ? await attempt(kernel, async () => handler(kernel, request, channel))
      : unknownRequest(kernel, request);
    const { content, rest } = answer instanceof EarlyReply ? answer : { content: answer };
    if (handler && isRequest(request)) reply(channel, request, content);
    // Who sends a cell after this answer has seen the error, and wants the cell to run.
    const aborted = stopsOthers(request, content) ? queue.splice(0) : [];
    await rest;
    status("idle", request.header);
    for (const each of aborted) abort(each);
  };
  const work = async (kernel: Kernel) => {
    working = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      await answer(kernel, next.channel, next.request);
    }
    working = false;
  };
  const receive = (kernel: Kernel, channel: Asked, request: Message): void => {
    if (request.header.msg_type !== "execute_request") {
      void answer(kernel, channel, request);
      return;
    }
    queue.push({ channel, request });
    arrivals.emit(request.header.session);
    if (!working) void work(kernel);
  };
  const goesOn = async ({ header: { session } }: Message): Promise<void> => {
    if (!queue.some(({ request }) => request.header.session === session))
      await once(arrivals, session);
  };
  return { receive, goesOn };
}

/** Whether the cells that were sent before this one failed are not to run. */
const stopsOthers = ({ header, content: { stop_on_error } }: Message, { status }: Content) =>
  header.msg_type === "execute_request" && status === "error" && stop_on_error !== false;

/** Steps of comms and answers to questions get no reply. */
const isRequest = ({ header }: Message): boolean => header.msg_type.endsWith("_request");

/** A mistake in the kernel itself must not leave a front end waiting. */
async function attempt<Answer>(
  { executionCount }: Kernel,
  work: () => Promise<Answer>,
): Promise<Answer | Content> {
  try {
    return await work();
  } catch (error) {
    const { name, message, stack } = error as Error;
    const traceback = String(stack).split("\n");
    return {
      status: "error",
      ename: name,
      evalue: message,
      traceback,
      execution_count: executionCount,
    };
  }
}

function unknownRequest({ log }: Kernel, { header }: Message): Content {
  log(`no answer to ${header.msg_type}: the kernel does not know it`);
  return { status: "error" };
}
