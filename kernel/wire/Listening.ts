import { lookup } from "node:dns/promises";
import { rmSync } from "node:fs";
import { createServer, isIP, type ListenOptions, type Server } from "node:net";
import { address, type Channel, type Connection } from "./Connection.ts";
import { type Meeting, meet, type Peer } from "./Peer.ts";

/** A socket that others connect to. */
export interface Listening {
  /** Waits until all that was sent has left. */
  readonly close: () => Promise<void>;
}

/** Listens at the address of a channel, as a socket of this type. @throws {Error} with the `address` at which nobody can. */
export async function listening(
  connection: Connection,
  channel: Channel,
  type: string,
  meeting: Meeting,
): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => meet(socket, type, meeting));
  const place = await placeOf(connection, channel);
  return new Promise((done, fail) => {
    server.once("error", (error) => {
      fail(Object.assign(error, { address: address(connection, channel) }));
    });
    server.listen(place, () => done(server));
  });
}

/** As libzmq reads an address: a name stands for an address of version 4, and a file that is there is one's own. */
async function placeOf(connection: Connection, channel: Channel): Promise<ListenOptions> {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  if (transport === "ipc") {
    const path = `${ip}-${port}`;
    rmSync(path, { force: true });
    return { path };
  }
  if (ip === "*") return { host: "0.0.0.0", port };
  return { host: isIP(ip) ? ip : (await lookup(ip, 4)).address, port };
}

/** Ends it when all that was sent has left. */
export async function closed(server: Server, peers: Iterable<Peer>): Promise<void> {
  server.close();
  await Promise.all(Array.from(peers, (peer) => peer.leave()));
}
