import { crc32, deflateSync } from "node:zlib";
import { type Colour, paletted } from "./palette.ts";

type Pixels = Uint8Array | Uint8ClampedArray;

/** A PNG file from pixels of red, green, blue and opacity, row by row. */
export function encodePng(width: number, height: number, pixels: Pixels): Uint8Array {
  return file(width, height, { bytes: pixels, channels: 4 });
}

/** The same without the opacity, and in a palette where nobody sees that: for pictures that let nothing shine through. */
export function encodeOpaquePng(width: number, height: number, pixels: Pixels): Uint8Array {
  const few = paletted(pixels);
  if (few) return file(width, height, { bytes: few.indexes, channels: 1, palette: few.colours });
  return file(width, height, { bytes: withoutOpacity(pixels), channels: 3 });
}

interface Samples {
  readonly bytes: Pixels;
  /** Bytes for each pixel. */
  readonly channels: 1 | 3 | 4;
  readonly palette?: readonly Colour[];
}

/** Colour type of a PNG by its bytes for each pixel: from a palette, without opacity or with it. */
const colourType = { 1: 3, 3: 2, 4: 6 } as const;

function file(width: number, height: number, { bytes, channels, palette }: Samples): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType[channels]], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(palette ? [chunk("PLTE", Uint8Array.from(palette.flat()))] : []),
    chunk("IDAT", deflateSync(rowsOf(height, channels * width, bytes))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Each row starts with the number of its filter; 0 is none. */
function rowsOf(height: number, length: number, bytes: Pixels): Uint8Array {
  const rows = new Uint8Array(height * (length + 1));
  for (let row = 0; row < height; row++)
    rows.set(bytes.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
  return rows;
}

function withoutOpacity(pixels: Pixels): Uint8Array {
  const opaque = new Uint8Array((3 * pixels.length) / 4);
  for (let [from, to] = [0, 0]; from < pixels.length; from += 4, to += 3)
    opaque.set(pixels.subarray(from, from + 3), to);
  return opaque;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
