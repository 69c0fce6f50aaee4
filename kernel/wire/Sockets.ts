import { createRequire } from "node:module";
import type { Router, Socket, XPublisher } from "zeromq";
import { address, type Channel, type Connection } from "./Connection.ts";
import { decode, encode, type Message, WireError } from "./Message.ts";
import { signer } from "./signature.ts";

/** What the kernel does with what arrives. */
export interface Receivers {
  readonly receive: (channel: "shell" | "control" | "stdin", message: Message) => void;
  /** Somebody began to listen on iopub to the topic. */
  readonly subscribed: (topic: string) => void;
  readonly log: (line: string) => void;
}

/** The kernel's five open sockets. */
export interface Sockets {
  readonly send: (channel: Exclude<Channel, "hb">, message: Message) => void;
  /** Waits until all that was sent has left, then closes. */
  readonly close: () => Promise<void>;
}

/** Listens where the connection file says, on all five channels, and hands on every message that is rightly signed. */
export async function openSockets(
  connection: Connection,
  { receive, subscribed, log }: Receivers,
): Promise<Sockets> {
  // Loaded here, because the user process is started before and loads meanwhile; as a module it would take longer.
  const { Router, XPublisher } = createRequire(import.meta.url)(
    "zeromq",
  ) as typeof import("zeromq");
  const { matches, sign } = signer(connection.key, connection.signature_scheme);
  // A limit on queued messages would silently drop output of a busy cell.
  const endless = { sendHighWaterMark: 0, linger: 1000 };
  const routers = {
    shell: new Router(endless),
    control: new Router(endless),
    stdin: new Router(endless),
  };
  const iopub = new XPublisher({ ...endless, verbosity: "allSubs" });
  const heartbeat = new Router({ linger: 0 });
  const sockets = { ...routers, iopub, hb: heartbeat };
  await Promise.all(
    Object.entries(sockets).map(([channel, socket]) =>
      socket.bind(address(connection, channel as Channel)),
    ),
  );
  const fresh = neverTwice();
  for (const [channel, router] of Object.entries(routers)) {
    listen(router, (frames) => {
      const message = decodeOrLog(frames, { matches, sign }, log);
      if (message && fresh(message)) receive(channel as keyof typeof routers, message);
      else if (message) log(`dropped a message that came before: ${message.header.msg_id}`);
    });
  }
  listen(iopub, ([frame]) => {
    if (frame?.[0] === 1) subscribed(Buffer.from(frame.subarray(1)).toString("utf8"));
  });
  const beat = outbox(heartbeat);
  listen(heartbeat, beat.send);
  const outboxes = {
    shell: outbox(routers.shell),
    control: outbox(routers.control),
    stdin: outbox(routers.stdin),
    iopub: outbox(iopub),
  };
  return {
    send: (channel, message) => outboxes[channel].send(encode(message, { matches, sign })),
    close: async () => {
      await Promise.all(Object.values(outboxes).map(({ drained }) => drained()));
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

function decodeOrLog(
  frames: readonly Uint8Array[],
  key: ReturnType<typeof signer>,
  log: Receivers["log"],
): Message | undefined {
  try {
    return decode(frames, key);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    log(`dropped ${error.message}`);
    return undefined;
  }
}

/**
 * Whether a message is new: a signed message that somebody recorded must not run a second time.
 * The date counts too: the clients of one manager share a session and each begins its count at 0.
 */
function neverTwice(remembered = 65_536): (message: Message) => boolean {
  const seen = new Set<string>();
  return ({ header }) => {
    const key = `${header.session} ${header.msg_id} ${header.date}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (seen.size > remembered) for (const oldest of seen) return seen.delete(oldest);
    return true;
  };
}

function listen(
  socket: Socket & AsyncIterable<Buffer[]>,
  receive: (frames: Buffer[]) => void,
): void {
  void (async () => {
    for await (const frames of socket) receive(frames);
  })();
}

/**
 * Sends in order, one message at a time, because a socket refuses a second send before the first is through.
 * It begins when this turn of the event loop has done what else it does: a cell is on its way to the process
 * that runs it before anybody reads that it is.
 */
function outbox(socket: Router | XPublisher) {
  const waiting: Uint8Array[][] = [];
  let sending: Promise<void> | undefined;
  const work = async () => {
    await new Promise<void>((resume) => process.nextTick(resume));
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      // A router cannot deliver to a client that has gone; that answer is nobody's loss.
      await socket.send(next).catch(() => undefined);
    }
    sending = undefined;
  };
  return {
    send: (frames: Uint8Array[]) => {
      waiting.push(frames);
      sending ??= work();
    },
    drained: async () => {
      while (waiting.length > 0 || sending !== undefined) await sending;
    },
  };
}
