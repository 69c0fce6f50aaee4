import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { readFace } from "../../../../kernel/display/pictures/font.ts";

const file = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
const face = readFace(file("DejaVuSansCondensed"));

test("widths and heights are those in the font file", () => {
  // Read from the same file with fontTools 4.
  expect(face.width("0") * 2048).toBeCloseTo(1172, 9);
  expect(face.width("−") * 2048).toBeCloseTo(1544, 9);
  expect(face.ascent * 2048).toBeCloseTo(1901, 9);
  expect(face.descent * 2048).toBeCloseTo(483, 9);
});

test("a line is as wide as its characters together", () => {
  expect(face.width("loss")).toBeCloseTo(face.width("lo") + 2 * face.width("s"), 12);
});

test("bold is wider", () => {
  expect(readFace(file("DejaVuSansCondensed-Bold")).width("loss")).toBeGreaterThan(
    face.width("loss"),
  );
});

test("signs of mathematics are in the font, unknown ones take the box for missing signs", () => {
  const missing = face.width("\u{F0000}");
  for (const sign of "⇒θ₁−∇∂½δ²√≤∞→∈∑ŷ") expect(face.width(sign), sign).not.toBe(missing);
});

test("a file that is no font is refused", () => {
  expect(() => readFace(Buffer.alloc(64))).toThrow("no table head");
});
