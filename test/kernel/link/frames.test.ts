import { closeSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  frame,
  frameReader,
  lossyFrameReader,
  newSeal,
  readFrame,
  sealedFrameReader,
} from "../../../kernel/link/index.ts";

test("messages arrive whole and in order, however the bytes are cut", () => {
  const messages = fc.array(fc.oneof(fc.string(), fc.uint8Array(), fc.object()), { maxLength: 8 });
  fc.assert(
    fc.property(messages, fc.array(fc.nat({ max: 40 })), (sent, cuts) => {
      const received: unknown[] = [];
      const read = frameReader((message) => received.push(message));
      let bytes = Buffer.concat(sent.map((message) => frame(message)));
      for (const cut of cuts) {
        read(bytes.subarray(0, cut));
        bytes = bytes.subarray(cut);
      }
      read(bytes);
      expect(received).toEqual(sent.map((message) => structuredClone(message)));
    }),
    { seed: 1 },
  );
});

test("messages are also read one by one from a descriptor, each without a byte of the next", () => {
  const file = join(mkdtempSync(join(tmpdir(), "downhill-frames-")), "frames");
  writeFileSync(file, Buffer.concat([frame("first"), frame({ second: 2 })]));
  const descriptor = openSync(file, "r");
  expect([1, 2, 3].map(() => readFrame(descriptor))).toEqual(["first", { second: 2 }, undefined]);
  closeSync(descriptor);
});

test("what stands under another seal is passed over", () => {
  const file = join(mkdtempSync(join(tmpdir(), "downhill-frames-")), "frames");
  const [ours, theirs] = [newSeal(), newSeal()];
  writeFileSync(file, Buffer.concat([frame("forged", theirs), frame("ours", ours)]));
  const descriptor = openSync(file, "r");
  expect([1, 2].map(() => readFrame(descriptor, ours))).toEqual(["ours", undefined]);
  closeSync(descriptor);
});

test("a message of many megabytes is read in time linear in its size", () => {
  const bytes = frame("x".repeat(20_000_000));
  let length = 0;
  const read = frameReader((message) => {
    length = (message as string).length;
  });
  for (let start = 0; start < bytes.length; start += 65_536) {
    read(bytes.subarray(start, start + 65_536));
  }
  expect(length).toBe(20_000_000);
}, 2000);

test("a sealed message is taken only under the seal that was agreed on", () => {
  const [seal, other] = [newSeal(), newSeal()];
  const [received, forgeries]: [unknown[], number[]] = [[], []];
  const read = sealedFrameReader(
    seal,
    (message) => received.push(message),
    () => forgeries.push(received.length),
  );
  for (const message of ["first", "second"]) read(frame(message, seal));
  read(Buffer.concat([frame("forged", other), frame("after", seal)]));
  read(frame("later", seal));
  expect({ received, forgeries }).toEqual({ received: ["first", "second"], forgeries: [2] });
});

test("chunks that a stop swallowed cost the frames that they touch, and no others", () => {
  const seal = newSeal();
  const messages = fc.array(fc.oneof(fc.string(), fc.uint8Array()), {
    minLength: 1,
    maxLength: 12,
  });
  const cuts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 60 }), isLost: fc.boolean() }));
  fc.assert(
    fc.property(messages, cuts, (sent, pieces) => {
      const frames = sent.map((message) => frame(message, seal));
      const whole = Buffer.concat(frames);
      const received: unknown[] = [];
      const read = lossyFrameReader(seal, (message) => received.push(message));
      const isThere = Buffer.alloc(whole.length, 1);
      let arrived = 0;
      for (const { size, isLost } of [...pieces, { size: whole.length, isLost: false }]) {
        const chunk = whole.subarray(arrived, arrived + size);
        if (isLost) isThere.fill(0, arrived, arrived + chunk.length);
        arrived += chunk.length;
        if (!isLost && chunk.length > 0) read(chunk, arrived);
      }
      const ends = frames.map((_frame, i) => Buffer.concat(frames.slice(0, i + 1)).length);
      const untouched = sent.filter(
        (_message, i) => !isThere.subarray(ends[i - 1] ?? 0, ends[i]).includes(0),
      );
      expect(received).toEqual(untouched);
    }),
    { seed: 1 },
  );
});

test("a reader keeps nothing of memory that its giver uses again", () => {
  const bytes = Buffer.from(frame({ picture: new Uint8Array([1, 2, 3]), text: "x".repeat(50) }));
  const received: unknown[] = [];
  const read = frameReader((message) => received.push(message));
  const buffer = Buffer.alloc(32);
  for (let start = 0; start < bytes.length; start += buffer.length) {
    const count = bytes.copy(buffer, 0, start);
    read(buffer.subarray(0, count));
    buffer.fill(0);
  }
  expect(received).toEqual([{ picture: new Uint8Array([1, 2, 3]), text: "x".repeat(50) }]);
});
