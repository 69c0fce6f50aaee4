/** Red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A picture in few colours: these, and for each pixel which of them it has. */
export interface Paletted {
  readonly colours: readonly Colour[];
  readonly indexes: Uint8Array;
}

const mostColours = 256;

/** How far the colour of an area may move on the way from 0 to 255, and that of a few pixels along edges. */
const areaDistance = 3;
const edgeDistances = [3, 6, 9, 12] as const;

/** What has a larger share of the picture is an area. The shades of a surface are too many of them for a palette. */
const areaShare = 1 / 5000;

/**
 * Brings a picture down to 256 colours, which makes its file half as large or less: a figure has few
 * colours, and their blends along edges. `undefined` when so few would be seen as others.
 */
export function paletted(pixels: Uint8Array | Uint8ClampedArray): Paletted | undefined {
  const kinds = kindsOf(pixels);
  const byFrequency = [...kinds.values()].sort((one, other) => other.count - one.count);
  const area = areaShare * (pixels.length / 4);
  for (const distance of edgeDistances) {
    const colours = chosen(byFrequency, ({ count }) => (count > area ? areaDistance : distance));
    if (colours) return { colours, indexes: indexed(pixels, kinds) };
  }
  return undefined;
}

/** Colours that differ in less than the eye sees. */
interface Kind {
  count: number;
  readonly sum: [red: number, green: number, blue: number];
  /** Which of the chosen colours stands for it. */
  index: number;
}

/** The six upper bits of each channel. */
const keyOf = (pixels: Uint8Array | Uint8ClampedArray, at: number): number =>
  ((pixels[at]! >> 2) << 12) | ((pixels[at + 1]! >> 2) << 6) | (pixels[at + 2]! >> 2);

function kindsOf(pixels: Uint8Array | Uint8ClampedArray): Map<number, Kind> {
  const kinds = new Map<number, Kind>();
  let [last, kind]: [number, Kind | undefined] = [-1, undefined];
  for (let at = 0; at < pixels.length; at += 4) {
    const key = keyOf(pixels, at);
    // Most pixels are like their neighbour.
    if (key !== last || !kind) {
      kind = kinds.get(key) ?? { count: 0, sum: [0, 0, 0], index: 0 };
      kinds.set(key, kind);
      last = key;
    }
    kind.count += 1;
    kind.sum[0] += pixels[at]!;
    kind.sum[1] += pixels[at + 1]!;
    kind.sum[2] += pixels[at + 2]!;
  }
  return kinds;
}

/** The frequent colours first; one that is near enough to a chosen one goes with that. */
function chosen(
  kinds: readonly Kind[],
  allowed: (kind: Kind) => number,
): readonly Colour[] | undefined {
  const colours: Colour[] = [];
  for (const kind of kinds) {
    const mean = kind.sum.map((sum) => sum / kind.count) as unknown as Colour;
    const nearest = nearestOf(colours, mean);
    if (nearest.distance <= allowed(kind)) kind.index = nearest.index;
    else if (colours.length === mostColours) return undefined;
    else kind.index = colours.push(mean.map(Math.round) as unknown as Colour) - 1;
  }
  return colours;
}

function nearestOf(colours: readonly Colour[], [red, green, blue]: Colour) {
  let [index, least] = [-1, Number.POSITIVE_INFINITY];
  for (let at = 0; at < colours.length; at++) {
    const [r, g, b] = colours[at]!;
    const square = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (square < least) [index, least] = [at, square];
  }
  return { index, distance: Math.sqrt(least) };
}

function indexed(
  pixels: Uint8Array | Uint8ClampedArray,
  kinds: ReadonlyMap<number, Kind>,
): Uint8Array {
  const indexes = new Uint8Array(pixels.length / 4);
  let [last, index] = [-1, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const key = keyOf(pixels, at);
    if (key !== last) {
      index = kinds.get(key)!.index;
      last = key;
    }
    indexes[at / 4] = index;
  }
  return indexes;
}
