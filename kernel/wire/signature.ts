import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs and checks the four JSON parts of a message; an empty key means that nothing is signed. */
export interface Signer {
  readonly sign: (parts: readonly Uint8Array[]) => string;
  readonly matches: (signature: Uint8Array, parts: readonly Uint8Array[]) => boolean;
}

/** A signer for a connection file's key and scheme, for example `hmac-sha256`. */
export function signer(key: string, scheme: string): Signer {
  const digest = scheme.replace("hmac-", "");
  const sign = (parts: readonly Uint8Array[]) => {
    if (key === "") return "";
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
  return { sign, matches: (signature, parts) => equal(signature, Buffer.from(sign(parts))) };
}

/** Compares in constant time, so that a stranger cannot guess a signature byte by byte. */
const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
