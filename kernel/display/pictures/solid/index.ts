import type { PlotlyFigure, Sized } from "../figures.ts";
import { camera, type Project } from "./camera.ts";
import { drawFrame, escapeText } from "./frame.ts";
import { drawColourBar, drawNames } from "./legend.ts";
import { type Corner, Raster } from "./Raster.ts";
import { type Mesh, partOf, readScene, type Scene, type Walk } from "./scene.ts";
import { cross, dot, minus, unit, type Vector } from "./vectors.ts";

/** Samples a side for one pixel of the finished picture. */
const smoothness = 2;

/**
 * Draws a three-dimensional figure as SVG: plotly would need WebGL for it, which only browsers have.
 * Surfaces and paths are pixels with a depth, everything with words on it is drawn around them.
 */
export function drawSolid(
  { data, layout }: PlotlyFigure & { readonly layout: Sized },
  scale: number,
): string {
  const { width, height } = layout;
  const frame = { x: 60, y: 55, width: width - 210, height: height - 125 };
  const scene = readScene({ data, layout });
  const project = camera(scene.eye, frame);
  const { file, ...size } = rasterOf(scene, project, layout, scale).png();
  const { walls, labels } = drawFrame(scene, project);
  const paper = String(layout.paper_bgcolor ?? "#fff");
  const title = String(partOf(layout.title).text ?? "");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#444">
<rect width="${width}" height="${height}" fill="${paper}"/>
<g fill="none" stroke="#ddd">${walls}</g>
<image width="${size.width / scale}" height="${size.height / scale}" href="data:image/png;base64,${Buffer.from(file).toString("base64")}"/>
${labels}${drawColourBar(data, layout)}${drawNames(scene)}
<text x="${width / 2}" y="30" font-size="17" text-anchor="middle">${escapeText(title)}</text></svg>`;
}

function rasterOf(
  { meshes, walks }: Scene,
  project: Project,
  { width, height }: Sized,
  scale: number,
): Raster {
  const raster = new Raster(width, height, scale * smoothness);
  for (const mesh of meshes) paintMesh(raster, mesh, project);
  for (const walk of walks) paintWalk(raster, walk, project);
  return raster;
}

const lamp = unit([-0.3, 0.45, 0.85]);

function paintMesh(
  raster: Raster,
  { points, shares, triangles, colours }: Mesh,
  project: Project,
): void {
  const corners = points.map(
    (point, index): Corner => ({ place: project(point), share: shares[index]! }),
  );
  for (const [a, b, c] of triangles) {
    const [first, second, third] = [points[a]!, points[b]!, points[c]!];
    if (![first, second, third].every(isFinitePoint)) continue;
    const facing = unit(cross(minus(second, first), minus(third, first)));
    const light = 0.72 + 0.28 * Math.abs(dot(facing, lamp));
    raster.triangle([corners[a]!, corners[b]!, corners[c]!], colours, light);
  }
}

function paintWalk(raster: Raster, walk: Walk, project: Project): void {
  const { points, lineWidth, markerSize, colour } = walk;
  points.forEach((point, index) => {
    if (!isFinitePoint(point)) return;
    const [here, before] = [project(point), points[index - 1]];
    if (lineWidth > 0 && before && isFinitePoint(before))
      raster.line(project(before), here, lineWidth / 2, colour);
    if (markerSize > 0) raster.dot(here, markerSize / 2, colour);
  });
}

function isFinitePoint(point: Vector): boolean {
  return point.every(Number.isFinite);
}
