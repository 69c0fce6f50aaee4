import type { Connection } from "./Connection.ts";
import { decode, encode, type Message, WireError } from "./Message.ts";
import { publisher } from "./publisher.ts";
import { router } from "./router.ts";
import { signer } from "./signature.ts";

type Asked = "shell" | "control" | "stdin";

/** What the kernel does with what arrives. */
export interface Receivers {
  readonly receive: (channel: Asked, message: Message) => void;
  /** Somebody began to listen on iopub to the topic. */
  readonly subscribed: (topic: string) => void;
  /** A message for iopub that cannot be written, such as one that is too large, was left out. */
  readonly lost: (message: Message, error: unknown) => void;
  readonly log: (line: string) => void;
}

/** The kernel's five open sockets. */
export interface Sockets {
  /**
   * Sends a message. An answer, for which somebody waits, leaves at once. What is told to everybody is written when
   * this turn of the event loop has done what else it does, such as bringing a cell on its way, and leaves together,
   * or before a question to a person.
   */
  readonly send: (channel: Asked | "iopub", message: Message) => void;
  /** Waits until all that was sent has left, then closes. */
  readonly close: () => Promise<void>;
}

/** Listens where the connection file says, on all five channels, and hands on every message that is rightly signed. */
export async function openSockets(
  connection: Connection,
  { receive, subscribed, lost, log }: Receivers,
): Promise<Sockets> {
  const { matches, sign } = signer(connection.key, connection.signature_scheme);
  const fresh = neverTwice();
  const asked = (channel: Asked) => {
    const hear = (frames: readonly Uint8Array[]) => {
      const message = decodeOrLog(frames, { matches, sign }, log);
      if (message && fresh(message)) receive(channel, message);
      else if (message) log(`dropped a message that came before: ${message.header.msg_id}`);
    };
    return router(connection, channel, hear, log);
  };
  const [shell, control, stdin, iopub, hb] = await Promise.all([
    asked("shell"),
    asked("control"),
    asked("stdin"),
    publisher(connection, subscribed, log),
    // A beat comes back as it is.
    router(connection, "hb", (frames, answer) => answer(frames), log),
  ]);
  const sockets = { shell, control, stdin, iopub, hb };
  const written = (message: Message) => encode(message, { matches, sign });
  const untold: Message[] = [];
  const takeWritten = (): Uint8Array[][] => untold.splice(0).flatMap(writtenOrLost);
  const writtenOrLost = (message: Message): Uint8Array[][] => {
    try {
      return [written(message)];
    } catch (error) {
      lost(message, error);
      // What is said instead stands in its place: behind `idle` nobody would look for it.
      return takeWritten();
    }
  };
  const tell = () => iopub.send(takeWritten());
  return {
    send: (channel, message) => {
      // Who is asked something has read what was printed before it.
      if (channel === "stdin") tell();
      if (channel !== "iopub") sockets[channel].send(written(message));
      else if (untold.push(message) === 1) afterThisTurn(tell);
    },
    close: async () => {
      tell();
      await Promise.all(Object.values(sockets).map((socket) => socket.close()));
    },
  };
}

/** The turn is over when its promises have gone on as far as they can. */
const afterThisTurn = (work: () => void): void => queueMicrotask(() => process.nextTick(work));

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
