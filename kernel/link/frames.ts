import { deserialize, serialize } from "node:v8";

/** One frame of the link between host and user process: four bytes of length, then the structured clone. */
export function frame(message: unknown): Uint8Array {
  const body = serialize(message);
  const whole = Buffer.allocUnsafe(4 + body.length);
  whole.writeUInt32LE(body.length);
  body.copy(whole, 4);
  return whole;
}

/** Collects bytes as they arrive and hands on each message once it is whole. */
export function frameReader(receive: (message: unknown) => void): (chunk: Uint8Array) => void {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  let needed = 4;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    // Joining only when a frame can be whole keeps a frame of many megabytes linear in its size.
    if (bytes < needed) return;
    let rest = Buffer.concat(chunks);
    for (needed = 4; rest.length >= needed; needed = 4) {
      needed = 4 + rest.readUInt32LE();
      if (rest.length < needed) break;
      const body = rest.subarray(4, needed);
      rest = rest.subarray(needed);
      receive(deserialize(body));
    }
    chunks = [rest];
    bytes = rest.length;
  };
}
