import { readSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

/** Bytes of a {@link Seal}. */
const sealLength = 16;

/**
 * What stands in front of each frame of a process. The host gives it to the process as the first message, so
 * that only the kernel's part of that process knows it.
 */
export type Seal = Uint8Array;

// Taken here, because a cell could put something else in its place.
const random = crypto.getRandomValues.bind(crypto);

/** A seal that nobody can guess. */
export const newSeal = (): Seal => random(new Uint8Array(sealLength));

const noSeal: Seal = new Uint8Array(0);

/** Bytes of the largest message. More would make the host short of memory, and every cell with it. */
const largest = 2 ** 28;

/**
 * One frame of the link between host and user process: the seal, four bytes of length, then the structured clone.
 * @throws {RangeError} when the message is too large.
 */
export function frame(message: unknown, seal: Seal = noSeal): Uint8Array {
  const body = serialize(message);
  if (body.length > largest) {
    throw new RangeError(
      `An output may take ${largest / 2 ** 20} MB, but this one takes ${Math.round(body.length / 2 ** 20)} MB.\nHint: show a part of it, or write it to a file.`,
    );
  }
  // Memory of its own: what lies in Node's shared pool can be read by everybody.
  const whole = new Uint8Array(seal.length + 4 + body.length);
  whole.set(seal);
  new DataView(whole.buffer).setUint32(seal.length, body.length, true);
  whole.set(body, seal.length + 4);
  return whole;
}

/**
 * Waits for one message and takes exactly its bytes, so that somebody else can read on; nothing at the end.
 * What stands under another seal than the one that is wanted is passed over.
 */
export function readFrame(descriptor: number, seal: Seal = noSeal): unknown {
  for (;;) {
    const head = readBytes(descriptor, seal.length + 4);
    const body = head && readBytes(descriptor, head.readUInt32LE(seal.length));
    if (!body) return undefined;
    if (head.subarray(0, seal.length).equals(seal)) return deserialize(body);
  }
}

function readBytes(descriptor: number, count: number): Buffer | undefined {
  const bytes = Buffer.alloc(count);
  for (let read = 0; read < count; ) {
    const more = readSync(descriptor, bytes, read, count - read, null);
    if (more === 0) return undefined;
    read += more;
  }
  return bytes;
}

type Receive = (message: unknown, bytes: number) => void;

/** Takes the next bytes of a line. `arrived` counts all that the line has brought so far, these included. */
type Read = (chunk: Uint8Array, arrived?: number) => void;

/** Collects bytes as they arrive and hands on each message once it is whole, with its size in bytes. */
export const frameReader = (receive: Receive): Read => reader(0, () => 0, receive);

/** Like {@link frameReader}, for frames under a seal. With the first one under another, `forged` is called, and nothing is read any more. */
export function sealedFrameReader(seal: Seal, receive: Receive, forged: () => void): Read {
  let broken = false;
  const start = (rest: Buffer) => {
    if (!broken && rest.subarray(0, sealLength).equals(seal)) return 0;
    if (!broken) forged();
    broken = true;
    return rest.length;
  };
  return reader(sealLength, start, receive);
}

/**
 * Like {@link frameReader}, for frames under a seal, on a thread that may be stopped in the middle of reading.
 * With a chunk that is lost there, its frames are lost, and no frame that begins after it.
 */
export function lossyFrameReader(seal: Seal, receive: Receive): Read {
  const start = (rest: Buffer) => {
    const found = rest.indexOf(seal);
    return found < 0 ? rest.length - sealLength + 1 : found;
  };
  return reader(sealLength, start, receive);
}

/** What a reader has not handed on yet. It changes as a whole, so that whoever is stopped leaves the old or the new one. */
interface Unread {
  readonly arrived: number;
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  /** How many bytes make a whole frame, or what of it tells its length. */
  readonly needed: number;
}

/** Reads frames with so many bytes `before` their length. `start` says how many bytes are passed over. */
function reader(before: number, start: (rest: Buffer) => number, receive: Receive): Read {
  const head = before + 4;
  const nothing: Unread = { arrived: 0, chunks: [], bytes: 0, needed: head };
  let unread = nothing;
  return (chunk, arrived = unread.arrived + chunk.length) => {
    const known = arrived === unread.arrived + chunk.length ? unread : nothing;
    const bytes = known.bytes + chunk.length;
    // Joining only when a frame can be whole keeps a frame of many megabytes linear in its size.
    if (bytes < known.needed) {
      // The memory of a chunk is its giver's, who may use it again.
      const chunks = [...known.chunks, new Uint8Array(chunk)];
      unread = { arrived, chunks, bytes, needed: known.needed };
      return;
    }
    const { bodies, rest, needed } = split(joined([...known.chunks, chunk], bytes), head, start);
    unread = { arrived, chunks: [rest], bytes: rest.length, needed };
    for (const body of bodies) receive(deserialize(body), body.length);
  };
}

/** Memory of its own, for the same reason as that of a frame. */
function joined(chunks: readonly Uint8Array[], bytes: number): Buffer {
  const all = Buffer.from(new ArrayBuffer(bytes));
  let end = 0;
  for (const chunk of chunks) {
    all.set(chunk, end);
    end += chunk.length;
  }
  return all;
}

/** The bodies of the frames that are whole, and what is left of the bytes. */
function split(bytes: Buffer, head: number, start: (rest: Buffer) => number) {
  const bodies: Buffer[] = [];
  let rest = bytes;
  while (rest.length >= head) {
    rest = rest.subarray(start(rest));
    if (rest.length < head) break;
    const needed = head + rest.readUInt32LE(head - 4);
    if (rest.length < needed) return { bodies, rest, needed };
    bodies.push(rest.subarray(head, needed));
    rest = rest.subarray(needed);
  }
  return { bodies, rest, needed: head };
}
