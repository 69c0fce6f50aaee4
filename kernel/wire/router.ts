import type { Channel, Connection } from "./Connection.ts";
import { closed, type Listening, listening } from "./Listening.ts";
import type { Meeting, Peer } from "./Peer.ts";
import { framed } from "./zmtp.ts";

/** Sends a message to whom its first parts name. */
type Send = (parts: readonly Uint8Array[]) => void;

/**
 * ZeroMQ's ROUTER. In front of what a peer says stand two names: that of its connection, so that clients who call
 * themselves the same have their own answers, and its own, by which another socket of the same client is found.
 * Who is told something is named in the same way; what is for a client that has gone is nobody's loss.
 */
export async function router(
  connection: Connection,
  channel: Channel,
  hear: (parts: Buffer[], answer: Send) => void,
  log: Meeting["log"],
): Promise<Listening & { readonly send: Send }> {
  const own = new Map<Peer, Buffer>();
  const peers = new Map<string, Peer>();
  const send: Send = ([connected, named, ...parts]) => {
    const peer = peers.get(keyOf(channel, connected!)) ?? peers.get(keyOf("named", named!));
    peer?.send([framed(parts)]);
  };
  let count = 0;
  const server = await listening(connection, channel, "ROUTER", {
    joined: (peer) => {
      const name = Buffer.from(`${channel} ${count++}`);
      own.set(peer, name);
      peers.set(keyOf(channel, name), peer);
      if (peer.name.length > 0) peers.set(keyOf("named", peer.name), peer);
    },
    heard: (peer, parts) => hear([own.get(peer)!, peer.name, ...parts], send),
    left: (peer) => {
      peers.delete(keyOf(channel, own.get(peer)!));
      own.delete(peer);
      const named = keyOf("named", peer.name);
      if (peers.get(named) === peer) peers.delete(named);
    },
    log,
  });
  return { send, close: () => closed(server, own.keys()) };
}

const keyOf = (kind: string, name: Uint8Array): string =>
  `${kind} ${Buffer.from(name).toString("latin1")}`;
