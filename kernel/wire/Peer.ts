import type { Socket } from "node:net";
import { greeting, pong, propertiesOf, readCommand, ready, ZmtpError, zmtpReader } from "./zmtp.ts";

/** Somebody who connected to one of our sockets. */
export interface Peer {
  /** What it calls itself; empty if it has no name. */
  readonly name: Buffer;
  /** Sends messages, each framed, at once and together. */
  readonly send: (messages: readonly Buffer[]) => void;
  /** Closes the connection when all that was sent has left. */
  readonly leave: () => Promise<void>;
}

/** What becomes of a connection. */
export interface Meeting {
  /** The peer has introduced itself. */
  readonly joined: (peer: Peer) => void;
  readonly heard: (peer: Peer, parts: Buffer[]) => void;
  readonly left: (peer: Peer) => void;
  readonly log: (line: string) => void;
}

/** Milliseconds that a peer has to introduce itself, as in libzmq. */
const patience = 30_000;

/** Speaks ZMTP on a connection, as a socket of this type. A peer that does not is left. */
export function meet(socket: Socket, type: string, { joined, heard, left, log }: Meeting): void {
  let peer: Peer | undefined;
  let parts: Buffer[] = [];
  const obey = (body: Buffer) => {
    const { name, data } = readCommand(body);
    if (name === "PING") socket.write(pong(data));
    if (name === "ERROR") socket.destroy();
    if (name !== "READY" || peer) return;
    socket.setTimeout(0);
    peer = peerOf(socket, propertiesOf(data).get("identity") ?? Buffer.alloc(0));
    joined(peer);
  };
  const read = zmtpReader(({ isCommand, more, body }) => {
    if (isCommand) return obey(body);
    if (!peer) throw new ZmtpError("a message before an introduction");
    parts.push(body);
    if (more) return;
    const whole = parts;
    parts = [];
    heard(peer, whole);
  });
  socket.on("data", (chunk) => {
    if (socket.destroyed) return;
    try {
      read(chunk);
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      log(`dropped a connection with ${error.message}`);
      socket.destroy();
    }
  });
  socket.setTimeout(patience, () => socket.destroy());
  // A connection that breaks is closed, too.
  socket.on("error", () => undefined);
  socket.on("close", () => peer && left(peer));
  socket.write(greeting);
  socket.write(ready(type));
}

const peerOf = (socket: Socket, name: Buffer): Peer => ({
  name,
  send: (messages) => {
    if (messages.length > 1) socket.cork();
    for (const message of messages) socket.write(message);
    if (messages.length > 1) socket.uncork();
  },
  leave: () => new Promise((done) => void socket.end(() => done())),
});
