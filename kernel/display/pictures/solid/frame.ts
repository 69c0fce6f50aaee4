import type { Project, Projected } from "./camera.ts";
import { type Axis, intoSide, type Scene } from "./scene.ts";
import { roundTicks, tickText } from "./ticks.ts";
import type { Vector } from "./vectors.ts";

/** The walls behind the figure with their lines, and the numbers and titles along the edges. */
export function drawFrame(
  { axes, eye }: Scene,
  project: Project,
): { walls: string; labels: string } {
  // The walls stand on the far sides, the labels run along the near ones.
  const [farX, farY] = [eye[0] > 0 ? -0.5 : 0.5, eye[1] > 0 ? -0.5 : 0.5];
  const floor = eye[2] >= 0 ? -0.5 : 0.5;
  const [x, y, z] = axes.map(marksOf) as [Mark[], Mark[], Mark[]];
  const bent = (points: readonly Vector[]): string =>
    `<path d="M${points.map((point) => pair(project(point))).join("L")}"/>`;
  const walls = [
    ...x.map(({ at }) =>
      bent([
        [at, -farY, floor],
        [at, farY, floor],
        [at, farY, -floor],
      ]),
    ),
    ...y.map(({ at }) =>
      bent([
        [-farX, at, floor],
        [farX, at, floor],
        [farX, at, -floor],
      ]),
    ),
    ...z.map(({ at }) =>
      bent([
        [-farX, farY, at],
        [farX, farY, at],
        [farX, -farY, at],
      ]),
    ),
  ];
  const below = floor * 1.16;
  const edges: readonly Edge[] = [
    { ticks: x, axis: axes[0], at: (along, out) => [along, -farY * out, below] },
    { ticks: y, axis: axes[1], at: (along, out) => [-farX * out, along, below] },
    { ticks: z, axis: axes[2], at: (along, out) => [-farX * 1.02, farY * out, along] },
  ];
  const labels = edges.flatMap(({ ticks, axis, at }) => [
    ...ticks.map(({ at: along, text }) => label(project(at(along, 1.12)), text, 12)),
    label(project(at(0, 1.55)), axis.title, 14),
  ]);
  return { walls: walls.join(""), labels: labels.join("") };
}

interface Mark {
  /** Place on the side of the cube. */
  readonly at: number;
  readonly text: string;
}

interface Edge {
  readonly ticks: readonly Mark[];
  readonly axis: Axis;
  /** A point beside the edge: `along` it, and `out` from the middle. */
  readonly at: (along: number, out: number) => Vector;
}

function marksOf(axis: Axis): Mark[] {
  if (axis.ticks) return axis.ticks.map(({ value, text }) => ({ at: intoSide(value, axis), text }));
  const values = roundTicks(axis.low, axis.high);
  const shown = axis.isLog ? values.filter(Number.isInteger) : values;
  return shown.map((value) => ({
    at: intoSide(value, axis),
    text: axis.isLog ? tickText(Number((10 ** value).toPrecision(6))) : tickText(value),
  }));
}

function label(place: Projected, text: string, size: number): string {
  return `<text x="${place.x.toFixed(1)}" y="${place.y.toFixed(1)}" font-size="${size}" text-anchor="middle">${escapeText(text)}</text>`;
}

function pair({ x, y }: Projected): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** plotly's few tags (a subscript, a line break) are left out: the words remain. */
export function escapeText(text: string): string {
  const plain = text.replace(/<br\s*\/?>/g, " ").replace(/<\/?\w[^>]*>/g, "");
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
