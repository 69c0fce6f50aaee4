const m = 0x5bd1e995;

/**
 * The hash by which front ends name the text of a cell: MurmurHash2 of its UTF-8 bytes, 32 bits.
 * Source: Austin Appleby, MurmurHash2, 2008 (public domain).
 */
export function murmur2(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    const mixed = Math.imul(words.getUint32(at, true), m);
    hash = Math.imul(hash, m) ^ Math.imul(mixed ^ (mixed >>> 24), m);
  }
  const rest = bytes.subarray(whole);
  if (rest.length > 0) {
    rest.forEach((byte, at) => {
      hash ^= byte << (8 * at);
    });
    hash = Math.imul(hash, m);
  }
  hash = Math.imul(hash ^ (hash >>> 13), m);
  return (hash ^ (hash >>> 15)) >>> 0;
}
