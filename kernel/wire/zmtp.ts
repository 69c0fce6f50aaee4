import { constants } from "node:buffer";

/** ZMTP 3.0, the protocol below ZeroMQ's sockets, as far as a side that others connect to needs it. https://rfc.zeromq.org/spec/23/ */

/** What travels as one piece: a part of a message, or a command between the two sides. */
export interface ZmtpFrame {
  readonly isCommand: boolean;
  /** Whether another part of the same message follows. */
  readonly more: boolean;
  readonly body: Buffer;
}

/** A peer that does not speak ZMTP 3, or breaks its rules. */
export class ZmtpError extends Error {
  override readonly name = "ZmtpError";
}

const greetingLength = 64;
const [more, long, command] = [1, 2, 4];

/** The first 64 bytes of either side: signature, version, mechanism, and who is the server of the mechanism. */
export const greeting: Uint8Array = (() => {
  const bytes = Buffer.alloc(greetingLength);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.write("NULL", 12);
  return bytes;
})();

/** What follows the greeting: a command that says of what type the socket is. */
export const ready = (type: string): Buffer =>
  commandOf("READY", Buffer.concat([namedOf("Socket-Type"), sizedOf(type)]));

/** The answer to a peer that asks whether anybody is here. */
export const pong = (ping: Buffer): Buffer => commandOf("PONG", ping.subarray(2));

const namedOf = (text: string) => Buffer.from([text.length, ...Buffer.from(text)]);

const sizedOf = (text: string) => Buffer.from([0, 0, 0, text.length, ...Buffer.from(text)]);

function commandOf(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([namedOf(name), data]);
  return Buffer.concat([Buffer.from([command, body.length]), body]);
}

/** The name of a command, and what comes with it. */
export function readCommand(body: Buffer): { readonly name: string; readonly data: Buffer } {
  const end = 1 + (body[0] ?? 0);
  return { name: body.toString("latin1", 1, end), data: body.subarray(end) };
}

/** The properties that a peer tells in its READY. */
export function propertiesOf(data: Buffer): ReadonlyMap<string, Buffer> {
  const properties = new Map<string, Buffer>();
  for (let at = 0; at < data.length; ) {
    const name = data.toString("latin1", at + 1, at + 1 + data[at]!);
    at += 1 + data[at]!;
    if (at + 4 > data.length) throw new ZmtpError("a property without a value");
    const end = at + 4 + data.readUInt32BE(at);
    properties.set(name.toLowerCase(), data.subarray(at + 4, end));
    at = end;
  }
  return properties;
}

/** A message of these parts as it travels. */
export function framed(parts: readonly Uint8Array[]): Buffer {
  const bytes = parts.reduce((sum, part) => sum + headLength(part) + part.length, 0);
  const whole = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    at = writeHead(whole, at, part.length, i < parts.length - 1);
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const headLength = (part: Uint8Array): number => (part.length > 255 ? 9 : 2);

function writeHead(whole: Buffer, at: number, length: number, hasMore: boolean): number {
  const isLong = length > 255;
  whole[at] = (hasMore ? more : 0) | (isLong ? long : 0);
  if (!isLong) return whole.writeUInt8(length, at + 1);
  return whole.writeBigUInt64BE(BigInt(length), at + 1);
}

/** Reads what a peer sends: its greeting, then its frames. @throws {ZmtpError} */
export function zmtpReader(receive: (frame: ZmtpFrame) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let needed = greetingLength;
  let isGreeted = false;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    // Joining only when a frame can be whole keeps a frame of many megabytes linear in its size.
    if (bytes < needed) return;
    let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    if (!isGreeted) {
      checkGreeting(rest);
      isGreeted = true;
      rest = rest.subarray(greetingLength);
    }
    for (;;) {
      const head = headOf(rest);
      needed = head.end;
      if (rest.length < needed) break;
      receive({ ...head, body: rest.subarray(head.start, head.end) });
      rest = rest.subarray(needed);
    }
    chunks = [rest];
    bytes = rest.length;
  };
}

function checkGreeting(bytes: Buffer): void {
  if (bytes[0] !== 0xff || bytes[9] !== 0x7f || bytes[10]! < 3)
    throw new ZmtpError("no greeting of ZMTP 3");
  const mechanism = bytes.toString("latin1", 12, 32).replace(/\0+$/, "");
  if (mechanism !== "NULL") throw new ZmtpError(`the mechanism ${JSON.stringify(mechanism)}`);
}

/** Where the body of the next frame begins and ends; where too little is known, how much is needed to know more. */
function headOf(rest: Buffer) {
  const flags = rest[0] ?? 0;
  if (flags > 7) throw new ZmtpError(`a frame with the flags ${flags}`);
  const isLong = (flags & long) !== 0;
  const start = isLong ? 9 : 2;
  const facts = { isCommand: (flags & command) !== 0, more: (flags & more) !== 0, start };
  if (rest.length < start) return { ...facts, end: start };
  const length = isLong ? Number(rest.readBigUInt64BE(1)) : rest[1]!;
  if (length > constants.MAX_LENGTH) throw new ZmtpError(`a frame of ${length} bytes`);
  return { ...facts, end: start + length };
}
