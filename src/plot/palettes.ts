type Color = readonly [number, number, number];

/** Cividis (Nuñez, Anderton and Renslow 2018), from its dark to its light end. */
const cividis: readonly Color[] = [
  [0, 34, 78],
  [59, 73, 108],
  [112, 113, 115],
  [165, 156, 116],
  [225, 204, 85],
  [254, 232, 56],
];

/** Cividis as it is: light for low ground, dark for high. */
export const heights = (share: number): string => rgb(mixed(cividis, 1 - share));

/** Cividis mixed with white, so that lines in any of the series colours stand out on it. */
export const paleHeights = (share: number): string => rgb(paler(mixed(cividis, 1 - share)));

/** Blue below and red above, meeting in white at one half. */
const blueToRed: readonly Color[] = [
  [5, 48, 97],
  [67, 147, 195],
  [247, 247, 247],
  [214, 96, 77],
  [103, 0, 31],
];

/** Two colours that meet in white at one half. */
export const diverging = (share: number): string => rgb(mixed(blueToRed, share));

/** The same mixed with white, so that points stand out on it. */
export const paleDiverging = (share: number): string => rgb(paler(mixed(blueToRed, share)));

const paler = (parts: readonly number[]): number[] =>
  parts.map((part) => 255 - (255 - part) * 0.55);

/** A palette as plotly takes it, for a smooth scale. */
export const colorscale = (palette: (share: number) => string): [number, string][] =>
  Array.from({ length: 11 }, (_, index) => [index / 10, palette(index / 10)]);

function mixed(stops: readonly Color[], share: number): number[] {
  const position = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(position), stops.length - 2);
  const [low, high] = [stops[below]!, stops[below + 1]!];
  return low.map((part, index) => part + (high[index]! - part) * (position - below));
}

const rgb = (parts: readonly number[]): string => `rgb(${parts.map(Math.round).join(",")})`;

/** How bright a colour "rgb(r,g,b)" is to the eye, between 0 and 1 (WCAG 2.2, relative luminance). */
export function luminance(color: string): number {
  const [red, green, blue] = color.match(/\d+/g)!.map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
