import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:net";
import type { Connection } from "./Connection.ts";

/** A connection on five ports of this machine that are free at the moment, with a key of its own. */
export async function freeConnection(): Promise<Connection> {
  const servers = await Promise.all(Array.from({ length: 5 }, listenAnywhere));
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = servers.map(
    (server) => (server.address() as { port: number }).port,
  ) as [number, number, number, number, number];
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  const ports = { shell_port, control_port, stdin_port, iopub_port, hb_port };
  const signing = { key: randomUUID(), signature_scheme: "hmac-sha256" };
  return { transport: "tcp", ip: "127.0.0.1", ...ports, ...signing };
}

function listenAnywhere(): Promise<Server> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => done(server));
  });
}
