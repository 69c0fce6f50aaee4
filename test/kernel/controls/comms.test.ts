import fc from "fast-check";
import { expect, test } from "vitest";
import { pack, type State, unpack } from "../../../kernel/controls/comms.ts";

const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.uint8Array());
const name = fc.constantFrom("value", "data", "x");
const state = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf)), {
  noNullPrototype: true,
});

test("a state that is packed and unpacked is the same, bytes and all", () => {
  fc.assert(
    fc.property(state, (whole) => {
      const { state, buffer_paths, buffers } = pack(whole);
      expect(unpack(state as State, buffer_paths, buffers)).toEqual(whole);
    }),
  );
});

test("a packed state has a form in JSON, with the bytes beside it", () => {
  const bytes = new Float64Array([1, 2]);
  const { state, buffer_paths, buffers } = pack({ name: "a", image: { data: bytes } });
  expect(state).toEqual({ name: "a", image: {} });
  expect(buffer_paths).toEqual([["image", "data"]]);
  expect(buffers[0]).toEqual(new Uint8Array(bytes.buffer));
});
