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

/** Collects bytes as they arrive and hands on each message once it is whole, with its size in bytes. */
export const frameReader = (receive: (message: unknown, bytes: number) => void) =>
  reader(0, () => true, receive);

/** Like {@link frameReader}, for frames under a seal. With the first one under another, `forged` is called, and nothing is read any more. */
export function sealedFrameReader(
  seal: Seal,
  receive: (message: unknown, bytes: number) => void,
  forged: () => void,
): (chunk: Uint8Array) => void {
  let broken = false;
  return reader(
    sealLength,
    (arrived) => {
      if (!broken && !arrived.equals(seal)) {
        broken = true;
        forged();
      }
      return !broken;
    },
    receive,
  );
}

function reader(
  before: number,
  genuine: (seal: Buffer) => boolean,
  receive: (message: unknown, bytes: number) => void,
): (chunk: Uint8Array) => void {
  const head = before + 4;
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  let needed = head;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    // Joining only when a frame can be whole keeps a frame of many megabytes linear in its size.
    if (bytes < needed) return;
    let rest = Buffer.concat(chunks);
    for (needed = head; rest.length >= needed; needed = head) {
      if (!genuine(rest.subarray(0, before))) {
        rest = rest.subarray(rest.length);
        break;
      }
      needed = head + rest.readUInt32LE(before);
      if (rest.length < needed) break;
      const body = rest.subarray(head, needed);
      rest = rest.subarray(needed);
      receive(deserialize(body), body.length);
    }
    chunks = [rest];
    bytes = rest.length;
  };
}
