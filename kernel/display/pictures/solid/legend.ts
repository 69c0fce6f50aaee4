import type { Part, Sized } from "../figures.ts";
import { reach } from "./camera.ts";
import { stopsOf } from "./colours.ts";
import { escapeText } from "./frame.ts";
import { partOf, type Scene } from "./scene.ts";
import { ownTicks, roundTicks, type Tick, tickText } from "./ticks.ts";

/** The colour bar of the first surface that wants one. */
export function drawColourBar(data: readonly Part[], { width, height }: Sized): string {
  const trace = data.find(({ type, showscale }) => type === "surface" && showscale !== false);
  if (!trace) return "";
  const [x, top, tall] = [width - 75, 70, height - 120];
  const [low, high] = heightsOf(trace);
  const bar = partOf(trace.colorbar);
  const stops = stopsOf(trace.colorscale).map(
    ([place, colour]) => `<stop offset="${place}" stop-color="${colour}"/>`,
  );
  const numbers = ticksOf(bar, low, high).map(({ value, text }) => {
    const y = top + tall - ((value - low) / (high - low || 1)) * tall + 4;
    return `<text x="${x + 23}" y="${y.toFixed(1)}">${escapeText(text)}</text>`;
  });
  const title = partOf(bar.title).text;
  return [
    `<defs><linearGradient id="scale" x1="0" y1="1" x2="0" y2="0">${stops.join("")}</linearGradient></defs>`,
    `<rect x="${x}" y="${top}" width="18" height="${tall}" fill="url(#scale)"/>`,
    ...numbers,
    typeof title === "string" ? `<text x="${x}" y="${top - 10}">${escapeText(title)}</text>` : "",
  ].join("");
}

function heightsOf(trace: Part): [low: number, high: number] {
  const rows = (trace.surfacecolor ?? trace.z) as (number | null)[][];
  const [least, greatest] = reach(rows.flat().filter((height) => height !== null));
  const { cmin, cmax } = trace;
  return [typeof cmin === "number" ? cmin : least, typeof cmax === "number" ? cmax : greatest];
}

/** The figure's own ticks if it names them, else round numbers. */
function ticksOf(bar: Part, low: number, high: number): readonly Tick[] {
  return (
    ownTicks(bar, low, high) ??
    roundTicks(low, high).map((value) => ({ value, text: tickText(value) }))
  );
}

/** The names of the paths, if there is more than one thing to tell apart. */
export function drawNames({ walks }: Scene): string {
  const named = walks.filter(({ name }) => name !== undefined);
  return named
    .map(({ name, colour, lineWidth }, index) => {
      const y = 50 + 20 * index;
      const mark = `M14,${y}h24`;
      return `<path d="${mark}" stroke="rgb(${colour.join(",")})" stroke-width="${Math.max(2, lineWidth / 2)}"/><text x="44" y="${y + 4}">${escapeText(name!)}</text>`;
    })
    .join("");
}
