import { readFileSync } from "node:fs";

/** What Jupyter's connection file says: where to listen, and the key that signs every message. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: string;
}

const channels = ["shell", "control", "stdin", "iopub", "hb"] as const;

/** The five sockets of the Jupyter protocol by the names that connection files use. */
export type Channel = (typeof channels)[number];

/** Reads a connection file. @throws {TypeError} naming the field that is missing or cannot be used. */
export function readConnection(file: string): Connection {
  const connection = JSON.parse(readFileSync(file, "utf8")) as Connection;
  for (const channel of channels) {
    const port: unknown = connection[`${channel}_port`];
    if (typeof port !== "number") {
      throw new TypeError(`${file} must give ${channel}_port as a number, but it is ${port}.`);
    }
  }
  if (!/^hmac-sha\w+$/.test(connection.signature_scheme ?? "")) {
    throw new TypeError(
      `${file} asks for the signature scheme ${connection.signature_scheme}, but only hmac-sha256 and its like are known.`,
    );
  }
  return connection;
}

/** The address of one channel, as ZeroMQ writes it. */
export const address = (connection: Connection, channel: Channel): string =>
  connection.transport === "ipc"
    ? `ipc://${connection.ip}-${connection[`${channel}_port`]}`
    : `tcp://${connection.ip}:${connection[`${channel}_port`]}`;
