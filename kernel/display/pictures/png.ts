import { crc32, deflateSync } from "node:zlib";

/** Colour type of a PNG by its bytes for each pixel: with opacity or without. */
const colourType = { 3: 2, 4: 6 } as const;

/**
 * A PNG file from pixels of red, green, blue and opacity, row by row. With 3 channels the opacity is
 * left out: for pictures that let nothing shine through.
 */
export function encodePng(
  width: number,
  height: number,
  pixels: Uint8Array | Uint8ClampedArray,
  channels: 3 | 4 = 4,
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType[channels]], 8);
  const rows = channels === 4 ? rowsOf(width, height, pixels) : opaqueRowsOf(width, height, pixels);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    // Twice as fast as the usual level 6, and a tenth larger.
    chunk("IDAT", deflateSync(rows, { level: 3 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Each row starts with the number of its filter; 0 is none. */
function rowsOf(width: number, height: number, pixels: Uint8Array | Uint8ClampedArray): Uint8Array {
  const rows = new Uint8Array(height * (4 * width + 1));
  for (let row = 0; row < height; row++) {
    const line = pixels.subarray(4 * row * width, 4 * (row + 1) * width);
    rows.set(line, row * (4 * width + 1) + 1);
  }
  return rows;
}

function opaqueRowsOf(
  width: number,
  height: number,
  pixels: Uint8Array | Uint8ClampedArray,
): Uint8Array {
  const rows = new Uint8Array(height * (3 * width + 1));
  let [from, to] = [0, 0];
  for (let row = 0; row < height; row++) {
    to++;
    for (let column = 0; column < width; column++, from += 4, to += 3) {
      rows[to] = pixels[from]!;
      rows[to + 1] = pixels[from + 1]!;
      rows[to + 2] = pixels[from + 2]!;
    }
  }
  return rows;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
