import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Colour } from "../../../../../kernel/display/pictures/solid/colours.ts";
import { type Corner, Raster } from "../../../../../kernel/display/pictures/solid/Raster.ts";

const red: Colour = [255, 0, 0];
const blue: Colour = [0, 0, 255];
const plain = (colour: Colour) => Array.from({ length: 256 }, () => colour);
const corner = (x: number, y: number, depth: number, share = 0): Corner => ({
  place: { x, y, depth },
  share,
});
/** A triangle over the whole of a 4 × 4 raster. */
const sheet = (depth: number, share = 0): [Corner, Corner, Corner] => [
  corner(-20, -20, depth, share),
  corner(40, -20, depth, share),
  corner(-20, 40, depth, share),
];

/** The pixel at (x, y) of a raster 4 pixels wide. */
function pixel(raster: Raster, x: number, y: number): number[] {
  const file = Buffer.from(raster.png().file);
  const start = file.indexOf("IDAT") + 4;
  const rows = inflateSync(file.subarray(start, start + file.readUInt32BE(start - 8)));
  const from = y * 17 + 1 + 4 * x;
  return [...rows.subarray(from, from + 4)];
}

test("what is nearer hides what is behind, whichever is painted first", () => {
  for (const order of [
    [1, 2],
    [2, 1],
  ]) {
    const raster = new Raster(4, 4, 2);
    for (const depth of order) raster.triangle(sheet(depth), plain(depth === 1 ? red : blue), 1);
    expect(pixel(raster, 1, 1)).toEqual([255, 0, 0, 255]);
  }
});

test("what is not covered lets the paper through", () => {
  expect(pixel(new Raster(4, 4, 2), 1, 1)).toEqual([0, 0, 0, 0]);
});

test("an edge is softened: a pixel that is half covered is half there, in full colour", () => {
  const raster = new Raster(4, 4, 2);
  raster.dot({ x: 0, y: 1.75, depth: 1 }, 1.3, red);
  const shares = [0, 1, 2, 3].map((y) => pixel(raster, 0, y)[3]!);
  expect(Math.max(...shares)).toBe(255);
  expect(shares.some((share) => share > 0 && share < 255)).toBe(true);
  expect(
    pixel(
      raster,
      0,
      shares.findIndex((share) => share > 0),
    )[0],
  ).toBe(255);
});

test("the colour follows the height between the corners", () => {
  const grey = Array.from({ length: 256 }, (_, index): Colour => [index, index, index]);
  const raster = new Raster(4, 4, 2);
  raster.triangle(sheet(1, 0.5), grey, 1);
  expect(pixel(raster, 2, 2)[0]).toBe(128);
});

test("light dims a colour", () => {
  const raster = new Raster(4, 4, 2);
  raster.triangle(sheet(1), plain([200, 100, 0]), 0.5);
  expect(pixel(raster, 1, 1)).toEqual([100, 50, 0, 255]);
});

test("a line that lies on a surface is seen", () => {
  const raster = new Raster(4, 4, 2);
  raster.triangle(sheet(1), plain(blue), 1);
  raster.line({ x: 0, y: 2, depth: 1 }, { x: 4, y: 2, depth: 1 }, 2, red);
  expect(pixel(raster, 2, 2)).toEqual([255, 0, 0, 255]);
});
