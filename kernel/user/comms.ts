import { plain } from "../display/index.ts";
import type { Comm, CommMessage, CommOptions } from "../given/index.ts";
import type { CommStep } from "../link/index.ts";
import { beginStep, currentCell, endCell, inCell } from "./cells.ts";
import { send } from "./channel.ts";
import { failureOf } from "./failure.ts";

const open = new Map<string, Comm>();
const targets = new Map<string, (comm: Comm, message: CommMessage) => void | Promise<void>>();

/** Comms as cells and controls use them. */
export const comms = {
  /** Opens a comm to the target that the front end knows by this name. */
  open(
    target: string,
    data: Readonly<Record<string, unknown>> = {},
    options: CommOptions & { readonly id?: string } = {},
  ): Comm {
    const comm = commOf(options.id ?? crypto.randomUUID(), target);
    say("comm_open", { comm_id: comm.id, target_name: target, data }, options);
    return comm;
  },
  /** Accepts comms that the front end opens to this target. */
  on(target: string, accept: (comm: Comm, message: CommMessage) => void | Promise<void>): void {
    targets.set(target, accept);
  },
};

function commOf(id: string, target: string): Comm {
  const comm: Comm = {
    id,
    target,
    onMessage: () => undefined,
    onClose: () => undefined,
    send: (data, options) => say("comm_msg", { comm_id: id, data }, options),
    close: (data = {}, options) => {
      if (open.delete(id)) say("comm_close", { comm_id: id, data }, options);
    },
  };
  open.set(id, comm);
  return comm;
}

function say(
  kind: CommStep["kind"],
  content: CommStep["content"],
  { metadata = {}, buffers = [] }: CommOptions = {},
): void {
  // What JSON cannot say is an error here, where the cell's line is still known.
  const sayable = { content: { ...content, data: plain(content.data) }, metadata: plain(metadata) };
  const step = { kind, ...(sayable as Pick<CommStep, "content" | "metadata">), buffers };
  send({ type: "comm", cell: currentCell().id, step });
}

/** Deals with one step that the front end made; what it prints belongs to that step. */
export function receiveComm(id: number, step: CommStep): void {
  const cell = beginStep(id);
  const { kind, content, metadata, buffers } = step;
  const data = (content.data ?? {}) as CommMessage["data"];
  const deal = async () => inCell(cell, () => listener(kind, content)({ data, metadata, buffers }));
  deal()
    .catch((error: unknown) => {
      if (!cell.dead) send({ type: "failed", cell: id, failure: failureOf(error) });
    })
    .finally(() => {
      endCell(id);
      send({ type: "handled", cell: id });
    });
}

function listener(kind: CommStep["kind"], content: CommStep["content"]): Comm["onMessage"] {
  const id = String(content.comm_id);
  if (kind === "comm_open") return opened(id, String(content.target_name));
  const comm = open.get(id);
  if (!comm) return () => undefined;
  if (kind === "comm_msg") return (message) => comm.onMessage(message);
  open.delete(id);
  return (message) => comm.onClose(message);
}

/** A target that nobody accepts is closed at once, as the protocol wants it. */
function opened(id: string, target: string): Comm["onMessage"] {
  const accept = targets.get(target);
  if (accept) return (message) => accept(commOf(id, target), message);
  return () => say("comm_close", { comm_id: id, data: {} });
}
