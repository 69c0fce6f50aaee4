import { axis } from "./look.ts";
import type { Layout } from "./plotly.ts";

/** Panels one below the other on one x axis; the first stands on top. */
export function panels(titles: readonly string[], x: string): Layout {
  const gap = 0.09;
  const share = (1 - gap * (titles.length - 1)) / titles.length;
  const axes = titles.map((title, index) => {
    const top = 1 - index * (share + gap);
    const domain = [Math.max(0, top - share), top] as const;
    return [axisKey("y", index), axis(title, { domain })] as const;
  });
  return {
    height: 180 + 160 * titles.length + (titles.length === 1 ? 40 : 0),
    xaxis: axis(x, { anchor: axisName("y", titles.length - 1) }),
    ...Object.fromEntries(axes),
  };
}

/** How a trace names the axis of panel `index`: y, y2, y3. */
export const axisName = (letter: "x" | "y", index: number): string =>
  index === 0 ? letter : `${letter}${index + 1}`;

/** How the layout names it: yaxis, yaxis2, yaxis3. */
export const axisKey = (letter: "x" | "y", index: number): string =>
  `${letter}axis${index === 0 ? "" : index + 1}`;
