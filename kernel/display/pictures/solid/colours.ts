export type Colour = readonly [red: number, green: number, blue: number];

/** 256 colours from the low to the high end of a scale. */
export type ColourTable = readonly Colour[];

/** Stops of the scales that plotly knows by name and our figures use. */
const named: Readonly<Record<string, readonly [number, string][]>> = {
  Cividis: evenly("#00224e", "#3b496c", "#707173", "#a59c74", "#e1cc55", "#fee838"),
  Viridis: evenly("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"),
};

function evenly(...colours: readonly string[]): [number, string][] {
  return colours.map((colour, index) => [index / (colours.length - 1), colour]);
}

export function stopsOf(colorscale: unknown): readonly (readonly [number, string])[] {
  // A list is plotly's own form of a scale: pairs of place and colour.
  if (Array.isArray(colorscale)) return colorscale as [number, string][];
  return named[String(colorscale)] ?? named.Cividis!;
}

export function colourTable(colorscale: unknown): ColourTable {
  const stops = stopsOf(colorscale).map(([place, text]) => ({ place, colour: parseColour(text) }));
  return Array.from({ length: 256 }, (_, index) => {
    const share = index / 255;
    const next = Math.max(
      1,
      stops.findIndex(({ place }) => place >= share),
    );
    const [below, above] = [stops[next - 1]!, stops[next] ?? stops.at(-1)!];
    return mixed(
      below.colour,
      above.colour,
      (share - below.place) / (above.place - below.place || 1),
    );
  });
}

export function mixed(low: Colour, high: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2): number => low[index] + share * (high[index] - low[index]);
  return [part(0), part(1), part(2)];
}

const words: Readonly<Record<string, string>> = { black: "#000000", white: "#ffffff" };

/** Reads `#rgb`, `#rrggbb`, `rgb(…)` and the two plainest words; other words become grey. */
export function parseColour(text: string): Colour {
  const colour = words[text] ?? text;
  const list = /^rgba?\(([^)]+)\)/.exec(colour)?.[1]?.split(",").map(Number);
  if (list) return [list[0]!, list[1]!, list[2]!];
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1] ?? "888888";
  const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!;
  const [red, green, blue] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red!, green!, blue!];
}
