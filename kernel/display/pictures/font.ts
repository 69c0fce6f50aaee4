/** What laying out text needs to know of a typeface; lengths in units of the font size. */
export interface Face {
  readonly ascent: number;
  readonly descent: number;
  /** How wide a line of text runs. */
  width(text: string): number;
}

interface Faces {
  readonly regular: Face;
  readonly bold: Face;
}

let loaded: Faces | undefined;

/** Lays out text from now on by these two font files, the ones the rasteriser draws with. */
export function layOutWith(regular: Buffer, bold: Buffer): void {
  loaded = { regular: readFace(regular), bold: readFace(bold) };
}

export function faces(): Faces {
  if (!loaded) throw new Error("Text is measured before layOutWith has named its fonts.");
  return loaded;
}

/** Reads the metrics of a TrueType file: its tables `head`, `hhea`, `hmtx` and `cmap`. */
export function readFace(file: Buffer): Face {
  const tables = tablesOf(file);
  const unitsPerEm = tables("head").readUInt16BE(18);
  const header = tables("hhea");
  const advances = advancesOf(tables("hmtx"), header.readUInt16BE(34));
  const glyphOf = glyphTable(tables("cmap"));
  const widths = new Map<string, number>();
  const widthOf = (character: string): number => {
    const known = widths.get(character);
    if (known !== undefined) return known;
    const width = advances(glyphOf(character.codePointAt(0)!)) / unitsPerEm;
    widths.set(character, width);
    return width;
  };
  return {
    ascent: header.readInt16BE(4) / unitsPerEm,
    descent: -header.readInt16BE(6) / unitsPerEm,
    width: (text) => [...text].reduce((sum, character) => sum + widthOf(character), 0),
  };
}

function tablesOf(file: Buffer): (name: string) => Buffer {
  const entries = Array.from({ length: file.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  return (name) => {
    const entry = entries.find((start) => file.toString("latin1", start, start + 4) === name);
    if (entry === undefined) throw new Error(`The font file has no table ${name}.`);
    const start = file.readUInt32BE(entry + 8);
    return file.subarray(start, start + file.readUInt32BE(entry + 12));
  };
}

/** The last of the `count` widths holds for all glyphs after it. */
function advancesOf(table: Buffer, count: number): (glyph: number) => number {
  return (glyph) => table.readUInt16BE(4 * Math.min(glyph, count - 1));
}

/** The Unicode table of the basic plane (format 4): segments of consecutive characters. */
function glyphTable(cmap: Buffer): (codePoint: number) => number {
  const table = cmap.subarray(basicPlane(cmap));
  const count = table.readUInt16BE(6) / 2;
  const [ends, starts] = [14, 16 + 2 * count];
  const [deltas, ranges] = [starts + 2 * count, starts + 4 * count];
  return (codePoint) => {
    for (let segment = 0; segment < count; segment++) {
      if (codePoint > table.readUInt16BE(ends + 2 * segment)) continue;
      const start = table.readUInt16BE(starts + 2 * segment);
      if (codePoint < start) return 0;
      const delta = table.readUInt16BE(deltas + 2 * segment);
      const place = ranges + 2 * segment;
      const range = table.readUInt16BE(place);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = table.readUInt16BE(place + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function basicPlane(cmap: Buffer): number {
  for (let entry = 4; entry < 4 + 8 * cmap.readUInt16BE(2); entry += 8) {
    const start = cmap.readUInt32BE(entry + 4);
    if (cmap.readUInt16BE(start) === 4) return start;
  }
  throw new Error("The font file has no character table of format 4.");
}
