import fc from "fast-check";
import { expect, test } from "vitest";
import {
  framed,
  greeting,
  propertiesOf,
  readCommand,
  ready,
  ZmtpError,
  zmtpReader,
} from "../../../kernel/wire/zmtp.ts";

/** The messages in these bytes of a peer that arrive in pieces of so many bytes. */
function read(bytes: Buffer, cuts: readonly number[]): Buffer[][] {
  const messages: Buffer[][] = [[]];
  const take = zmtpReader(({ isCommand, more, body }) => {
    if (isCommand) return;
    messages.at(-1)!.push(body);
    if (!more) messages.push([]);
  });
  let rest = bytes;
  for (const cut of [...cuts, bytes.length]) {
    take(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  return messages.slice(0, -1);
}

const part = fc.uint8Array({ maxLength: 300 });
const message = fc.array(part, { minLength: 1, maxLength: 5 });

test("messages arrive whole and in order, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat({ max: 100 })), (sent, cuts) => {
      const bytes = Buffer.concat([greeting, ready("DEALER"), ...sent.map(framed)]);
      const expected = sent.map((parts) => parts.map((one) => Buffer.from(one)));
      expect(read(bytes, cuts)).toEqual(expected);
    }),
    { seed: 1 },
  );
});

test("a message of many megabytes is read in time linear in its size", () => {
  const bytes = Buffer.concat([greeting, framed([new Uint8Array(20_000_000)])]);
  const cuts = new Array<number>(Math.ceil(bytes.length / 65_536)).fill(65_536);
  expect(read(bytes, cuts)[0]![0]!.length).toBe(20_000_000);
}, 2000);

test("a long part has eight bytes of length, a short one has one", () => {
  // RFC 23: flags, length, body; 1 stands for more to come, 2 for a long length.
  const [short, long] = [framed([new Uint8Array(255)]), framed([new Uint8Array(256)])];
  expect([...short.subarray(0, 2)]).toEqual([0, 255]);
  expect([...long.subarray(0, 9)]).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 0]);
  expect([...framed([Buffer.from("a"), Buffer.from("b")])]).toEqual([1, 1, 97, 0, 1, 98]);
});

test("an introduction tells the type of the socket", () => {
  const { name, data } = readCommand(ready("ROUTER").subarray(2));
  expect(name).toBe("READY");
  expect([...propertiesOf(data)]).toEqual([["socket-type", Buffer.from("ROUTER")]]);
});

const with_ = (place: number, ...bytes: number[]) => {
  const changed = Buffer.from(greeting);
  changed.set(bytes, place);
  return changed;
};

test.each([
  ["another signature", with_(0, 0x47)],
  ["an older version", with_(10, 2)],
  ["another mechanism", with_(12, ...Buffer.from("CURVE"))],
  ["unknown flags", Buffer.concat([greeting, Buffer.from([8, 0])])],
  [
    "a part larger than memory can be",
    Buffer.concat([greeting, Buffer.from([2, 127, 255, 255, 255, 255, 255, 255, 255])]),
  ],
])("a peer with %s is refused", (_what, bytes) => {
  expect(() => read(bytes, [])).toThrow(ZmtpError);
});

test("arbitrary bytes are refused or wait for more, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, isGreeted) => {
      const bytes = isGreeted ? Buffer.concat([greeting, noise]) : Buffer.from(noise);
      try {
        read(bytes, []);
      } catch (error) {
        expect(error).toBeInstanceOf(ZmtpError);
      }
      try {
        propertiesOf(readCommand(Buffer.from(noise)).data);
      } catch (error) {
        expect(error).toBeInstanceOf(ZmtpError);
      }
    }),
    { seed: 1 },
  );
});
