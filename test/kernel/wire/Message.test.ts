import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode, type Message, signer, WireError } from "../../../kernel/wire/index.ts";

const key = signer("secret", "hmac-sha256");
const text = fc.string({ unit: "grapheme" });
const content = fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<unknown>);
const bytes = fc.uint8Array({ maxLength: 200 });

const message: fc.Arbitrary<Message> = fc.record({
  identities: fc.array(bytes, { maxLength: 2 }),
  header: fc.record({
    msg_id: text,
    session: text,
    username: text,
    date: text,
    msg_type: text,
    version: text,
  }),
  parent_header: fc.constant({}),
  metadata: content,
  content,
  buffers: fc.array(bytes, { maxLength: 3 }),
});

const arrays = (parts: readonly Uint8Array[]) => parts.map((part) => [...part]);

describe("a message", () => {
  test("is the same after its way over the wire", () => {
    fc.assert(
      fc.property(message, (sent) => {
        const received = decode(encode(sent, key), key);
        expect({ ...received, identities: [], buffers: [] }).toEqual(
          JSON.parse(JSON.stringify({ ...sent, identities: [], buffers: [] })),
        );
        expect(arrays(received.identities)).toEqual(arrays(sent.identities));
        expect(arrays(received.buffers)).toEqual(arrays(sent.buffers));
      }),
      { seed: 1 },
    );
  });

  test("carries half a character as the sign for an unknown one, which every file can hold", () => {
    const half = fc.constantFrom("\ud800", "\udfff", "\ud83d\ude00", "\\", "\\ud800", '"', "a");
    fc.assert(
      fc.property(fc.array(half), (parts) => {
        const sent = parts.join("");
        const header = {
          msg_id: "",
          session: "",
          username: "",
          date: "",
          msg_type: "",
          version: "",
        };
        const around = { identities: [], header, parent_header: {}, metadata: {}, buffers: [] };
        const { content } = decode(encode({ ...around, content: { [sent]: sent } }, key), key);
        // What UTF-8 makes of it.
        const whole = new TextDecoder().decode(new TextEncoder().encode(sent));
        expect(content).toEqual({ [whole]: whole });
      }),
      { seed: 1 },
    );
  });

  test("with any change to its signed parts is refused", () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, place, change) => {
        const frames = encode({ ...sent, identities: [] }, key).map((part) =>
          Uint8Array.from(part),
        );
        // Behind the delimiter: the signature and the four parts that it signs.
        const signed = frames.slice(1, 6);
        const part = signed[place % signed.length]!;
        part[place % part.length]! ^= change;
        expect(() => decode(frames, key)).toThrow(WireError);
      }),
      { seed: 2 },
    );
  });

  test("made of arbitrary frames is refused and never crashes", () => {
    fc.assert(
      fc.property(fc.array(bytes), fc.boolean(), (noise, delimited) => {
        const frames = delimited ? [Buffer.from("<IDS|MSG>"), ...noise] : noise;
        expect(() => decode(frames, key)).toThrow(WireError);
      }),
      { seed: 3 },
    );
  });

  test.each([
    ["no JSON", "{", "a part that is not JSON"],
    ["no object", "[]", "a part that is not a JSON object"],
    ["no header fields", "{}", "no msg_id"],
  ])("rightly signed but with %s is refused", (_what, header, reason) => {
    const parts = [header, "{}", "{}", "{}"].map((part) => Buffer.from(part));
    const frames = [Buffer.from("<IDS|MSG>"), Buffer.from(key.sign(parts)), ...parts];
    expect(() => decode(frames, key)).toThrow(reason);
  });
});

describe("a signature", () => {
  test("agrees with a known HMAC-SHA256", () => {
    // RFC 4231, test case 2.
    const { sign } = signer("Jefe", "hmac-sha256");
    expect(sign([Buffer.from("what do ya want "), Buffer.from("for nothing?")])).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("of a shorter or longer text does not match", () => {
    const parts = [Buffer.from("{}")];
    const signature = Buffer.from(key.sign(parts));
    expect(key.matches(signature, parts)).toBe(true);
    expect(key.matches(signature.subarray(1), parts)).toBe(false);
    expect(key.matches(Buffer.concat([signature, signature]), parts)).toBe(false);
  });

  test("is empty when there is no key", () => {
    expect(signer("", "hmac-sha256").sign([Buffer.from("{}")])).toBe("");
  });
});
