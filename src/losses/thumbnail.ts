import type { LossCurve } from "./Loss.ts";

const width = 240;
const height = 90;

/** A small picture of a loss: its curve as an SVG drawing, 240 by 90, in a grey that light and dark pages carry. */
export function thumbnail({ argument, value }: Pick<LossCurve, "argument" | "value">): string {
  const finite = value.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(...finite)];
  const [from, to] = [argument[0]!, argument.at(-1)!];
  const across = (x: number) => (5 + ((x - from) / (to - from)) * (width - 10)).toFixed(1);
  const up = (y: number) =>
    (height - 5 - ((y - low) / (high - low || 1)) * (height - 10)).toFixed(1);
  const points = argument.flatMap((x, i) =>
    Number.isFinite(value[i]) ? [`${across(x)},${up(value[i]!)}`] : [],
  );
  const axes = `M5,${up(0)}H${width - 5}${from < 0 && to > 0 ? `M${across(0)},5V${height - 5}` : ""}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<path d="${axes}" stroke="#888" stroke-width="1" fill="none"/>`,
    `<polyline points="${points.join(" ")}" stroke="#1f77b4" stroke-width="2" fill="none"/>`,
    "</svg>",
  ].join("");
}
