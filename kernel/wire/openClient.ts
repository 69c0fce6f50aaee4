import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { address, type Connection } from "./Connection.ts";
import { type Content, decode, encode, type Message, protocolVersion } from "./Message.ts";
import { signer } from "./signature.ts";

/** A front end's end of the conversation with a kernel. */
export interface Client {
  /**
   * Asks on a channel; gives the id of the message, which all that it causes names as its parent. Who waits
   * for the answer chooses the id and listens first: a fast kernel answers before this gives anything.
   */
  readonly ask: (
    channel: "shell" | "control",
    type: string,
    content: Content,
    id?: string,
  ) => Promise<string>;
  readonly close: () => void;
}

/** Connects to a kernel; `hear` gets every reply, and everything that the kernel tells all. */
export function openClient(
  connection: Connection,
  hear: (channel: "shell" | "control" | "iopub", message: Message) => void,
): Client {
  const key = signer(connection.key, connection.signature_scheme);
  const session = randomUUID();
  // A kernel that is just starting is not listening yet; asking again after 5 ms costs nothing.
  const patient = { linger: 0, reconnectInterval: 5 };
  const asking = { shell: new Dealer(patient), control: new Dealer(patient) };
  const iopub = new Subscriber({ ...patient, receiveHighWaterMark: 0 });
  const sockets = { ...asking, iopub };
  for (const [channel, socket] of Object.entries(sockets)) {
    socket.connect(address(connection, channel as keyof typeof sockets));
    void listen(socket, (frames) => hear(channel as keyof typeof sockets, decode(frames, key)));
  }
  iopub.subscribe();
  return {
    ask: async (channel, type, content, id = randomUUID()) => {
      const header = {
        msg_id: id,
        session,
        username: "downhill",
        date: new Date().toISOString(),
        msg_type: type,
        version: protocolVersion,
      };
      const rest = { identities: [], parent_header: {}, metadata: {}, buffers: [] };
      await asking[channel].send(encode({ ...rest, header, content }, key));
      return id;
    },
    close: () => {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

async function listen(
  socket: AsyncIterable<Buffer[]>,
  receive: (frames: Buffer[]) => void,
): Promise<void> {
  for await (const frames of socket) receive(frames);
}
