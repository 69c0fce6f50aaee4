import { expect, test } from "vitest";
import { pictured } from "../../../../../kernel/display/pictures/figures.ts";
import { drawSolid } from "../../../../../kernel/display/pictures/solid/index.ts";

const bowl = {
  type: "surface",
  x: [-1, 0, 1],
  y: [-1, 0, 1],
  z: [
    [2, 1, 2],
    [1, 0, 1],
    [2, 1, 2],
  ],
  colorbar: { title: { text: "height" } },
};
const walk = {
  type: "scatter3d",
  mode: "lines",
  name: "GD <fast>",
  x: [1, 0],
  y: [1, 0],
  z: [2, 0],
};
const scene = { xaxis: { title: { text: "θ<sub>1</sub>" } } };
const draw = (data: readonly object[], layout: object = { scene }) =>
  drawSolid(pictured({ data: data as [], layout: layout as { [key: string]: unknown } }), 1);

test("axes, heights and paths are named in words", () => {
  const svg = draw([bowl, walk], { scene, title: { text: "A bowl" } });
  for (const words of ["θ1", "height", "GD", "A bowl", ">−1<"]) expect(svg).toContain(words);
  expect(svg).not.toContain("<sub>");
});

test("a gap in the heights leaves a hole and nothing else", () => {
  const holed = {
    ...bowl,
    z: [
      [2, 1, 2],
      [1, null, 1],
      [2, 1, 2],
    ],
  };
  expect(draw([holed])).not.toContain("NaN");
});

test("a logarithmic axis is labelled with the values", () => {
  const steep = { ...bowl, z: bowl.z.map((row) => row.map((height) => 10 ** (2 * height))) };
  expect(draw([steep], { scene: { zaxis: { type: "log" } } })).toContain(">10000<");
});

test("a mesh of triangles is drawn", () => {
  const mesh = { type: "mesh3d", x: [0, 1, 0], y: [0, 0, 1], z: [0, 1, 2], i: [0], j: [1], k: [2] };
  expect(draw([mesh]).length).toBeGreaterThan(draw([{ ...mesh, i: [], j: [], k: [] }]).length);
});

test("a figure without points is an empty cube, not an error", () => {
  expect(draw([{ type: "scatter3d", x: [], y: [], z: [] }])).toContain("<svg");
});
