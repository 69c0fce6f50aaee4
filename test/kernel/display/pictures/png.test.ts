import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeOpaquePng } from "../../../../kernel/display/pictures/png.ts";

/** What the file says of itself and of each pixel: its colour, read from the palette where there is one. */
function read(file: Uint8Array) {
  const bytes = Buffer.from(file);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const palette = chunks.get("PLTE");
  const channels = palette ? 1 : 3;
  const rows = inflateSync(chunks.get("IDAT")!);
  const colours = Array.from({ length: width * height }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const at = row * (channels * width + 1) + 1 + channels * column;
    return palette
      ? [...palette.subarray(3 * rows[at]!, 3 * rows[at]! + 3)]
      : [...rows.subarray(at, at + 3)];
  });
  return { width, height, colourType: header[9], colours };
}

const opaque = (colours: readonly (readonly number[])[]) =>
  Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));

test("few colours become a palette, and stay what they are", () => {
  const colours = [
    [255, 255, 255],
    [0, 114, 178],
    [255, 255, 255],
    [213, 94, 0],
    [1, 2, 3],
    [0, 0, 0],
  ];
  const png = read(encodeOpaquePng(3, 2, opaque(colours)));
  expect(png).toMatchObject({ width: 3, height: 2, colourType: 3 });
  // The two darkest are one to the eye.
  expect(png.colours.slice(0, 4)).toEqual(colours.slice(0, 4));
});

test("blends along edges move by less than one sees, and no rare colour is lost among frequent ones", () => {
  const side = 64;
  const blends = Array.from({ length: side * side }, (_, k) => [
    k % 200,
    (k % 200) + 20,
    40 + (k % 7),
  ]);
  blends[77] = [255, 0, 0];
  const png = read(encodeOpaquePng(side, side, opaque(blends)));
  expect(png.colourType).toBe(3);
  expect(png.colours[77]).toEqual([255, 0, 0]);
  const moved = png.colours.map((colour, k) =>
    Math.hypot(...colour.map((each, c) => each - blends[k]![c]!)),
  );
  expect(Math.max(...moved)).toBeLessThan(20);
});

test("more colours than a palette can show stay as they are", () => {
  const all = Array.from({ length: 4096 }, (_, k) => [
    17 * (k >> 8),
    17 * ((k >> 4) & 15),
    17 * (k & 15),
  ]);
  const png = read(encodeOpaquePng(64, 64, opaque(all)));
  expect(png.colourType).toBe(2);
  expect(png.colours).toEqual(all);
});
