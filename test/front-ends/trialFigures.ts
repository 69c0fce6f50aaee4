import { gallery } from "../plot/gallery.ts";

/** What our own gallery does not use of plotly, and a learner may: the still pictures know it too. */
const further: Readonly<
  Record<string, { readonly data: readonly object[]; readonly layout: object }>
> = {
  "labelled contours": {
    data: [
      { type: "contour", z: grid((x, y) => x * x + 3 * y * y), contours: { showlabels: true } },
    ],
    layout: { title: { text: "Contours with their heights" } },
  },
  "smooth heat map": {
    data: [{ type: "heatmap", z: grid((x, y) => Math.sin(3 * x) * y), zsmooth: "fast" }],
    layout: {},
  },
  "bars with a pattern": {
    data: [
      { type: "bar", x: ["a", "b"], y: [3, 5], marker: { pattern: { shape: "/" } } },
      { type: "bar", x: ["a", "b"], y: [2, 4] },
    ],
    layout: { barmode: "group" },
  },
  "boxes and violins": {
    data: [
      { type: "box", y: [1, 2, 2, 3, 9], boxpoints: "all", jitter: 0 },
      { type: "violin", y: [1, 2, 2, 3, 4] },
    ],
    layout: {},
  },
  "arrow and subscript": {
    data: [{ x: [0, 1, 2], y: [1e-3, 1, 1e3], mode: "lines+markers" }],
    layout: {
      yaxis: { type: "log", title: { text: "θ<sub>1</sub> in units of 10<sup>2</sup>" } },
      annotations: [{ x: 1, y: 0, ax: 40, ay: -40, text: "here<br>is <b>one</b>", arrowhead: 2 }],
    },
  },
  histogram: { data: [{ type: "histogram", x: [1, 2, 2, 3, 3, 3, 4, 4, 5] }], layout: {} },
};

function grid(height: (x: number, y: number) => number): number[][] {
  const side = Array.from({ length: 21 }, (_, index) => index / 10 - 1);
  return side.map((y) => side.map((x) => height(x, y)));
}

/** All flat figures, each of 600 × 400: 3-D ones are drawn by means of their own, not by plotly. */
export const trialFigures: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries({ ...gallery, ...further })
    .filter(([, { data }]) => data.every((trace) => !("type" in trace) || !isSolid(trace.type)))
    .map(([name, { data, layout }]) => [
      name,
      { data, layout: { ...layout, width: 600, height: 400 } },
    ]),
);

function isSolid(type: unknown): boolean {
  return /surface|3d/.test(String(type));
}
