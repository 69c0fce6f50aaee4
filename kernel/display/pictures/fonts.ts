import { readFile } from "node:fs/promises";

/** The font files pictures are set in: DejaVu Sans Condensed, which has the signs of mathematics. */
export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

/** Reads them from the folder where the build has put them. */
export async function readFonts(folder: URL): Promise<Fonts> {
  const read = (name: string): Promise<Buffer> => readFile(new URL(name, folder));
  const [regular, bold] = await Promise.all([
    read("DejaVuSansCondensed.ttf"),
    read("DejaVuSansCondensed-Bold.ttf"),
  ]);
  return { regular, bold };
}
