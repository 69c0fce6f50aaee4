import type { Connection } from "./Connection.ts";
import { closed, type Listening, listening } from "./Listening.ts";
import type { Meeting, Peer } from "./Peer.ts";
import { framed } from "./zmtp.ts";

/** Sends messages, each to all that want it, and together what one peer wants of them. */
type Publish = (messages: readonly (readonly Uint8Array[])[]) => void;

/** ZeroMQ's XPUB: tells each peer what begins with a topic that it wants, and `subscribed` each topic that somebody wants. */
export async function publisher(
  connection: Connection,
  subscribed: (topic: string) => void,
  log: Meeting["log"],
): Promise<Listening & { readonly send: Publish }> {
  const topics = new Map<Peer, Buffer[]>();
  const server = await listening(connection, "iopub", "XPUB", {
    joined: (peer) => void topics.set(peer, []),
    heard: (peer, [wish]) => {
      const [kind, topic] = [wish![0], wish!.subarray(1)];
      const wanted = topics.get(peer)!;
      const known = wanted.findIndex((one) => one.equals(topic));
      if (kind === 0 && known >= 0) wanted.splice(known, 1);
      if (kind !== 1) return;
      wanted.push(topic);
      subscribed(topic.toString("utf8"));
    },
    left: (peer) => void topics.delete(peer),
    log,
  });
  return {
    send: (messages) => {
      const all = messages.map((parts) => ({ head: parts[0]!, message: framed(parts) }));
      for (const [peer, topicsOfIt] of topics) {
        peer.send(all.filter(({ head }) => isWanted(head, topicsOfIt)).map((one) => one.message));
      }
    },
    close: () => closed(server, topics.keys()),
  };
}

const isWanted = (head: Uint8Array, topics: readonly Buffer[]): boolean =>
  topics.some((topic) => topic.equals(head.subarray(0, topic.length)));
