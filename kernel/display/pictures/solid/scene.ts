import type { Part, PlotlyFigure } from "../figures.ts";
import { reach } from "./camera.ts";
import { type Colour, type ColourTable, colourTable, parseColour } from "./colours.ts";
import { ownTicks, type Tick } from "./ticks.ts";
import type { Vector } from "./vectors.ts";

/** A surface cut into triangles. */
export interface Mesh {
  readonly points: readonly Vector[];
  /** For each point its share of the way through the colours. */
  readonly shares: readonly number[];
  readonly triangles: readonly (readonly [number, number, number])[];
  readonly colours: ColourTable;
}

/** Points in space that are joined, marked, or both. */
export interface Walk {
  readonly points: readonly Vector[];
  readonly name: string | undefined;
  readonly lineWidth: number;
  readonly markerSize: number;
  readonly colour: Colour;
}

export interface Axis {
  readonly title: string;
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  /** The numbers that the figure wants along it, if it says so. */
  readonly ticks: readonly Tick[] | undefined;
}

/** What a three-dimensional figure shows, with all points moved into the cube of side 1. */
export interface Scene {
  readonly meshes: readonly Mesh[];
  readonly walks: readonly Walk[];
  readonly axes: readonly [Axis, Axis, Axis];
  readonly eye: Vector;
}

export function readScene({ data, layout }: PlotlyFigure): Scene {
  const scene = partOf(layout.scene);
  const solids = data.map(readSolid);
  const axisParts = ["xaxis", "yaxis", "zaxis"].map((name) => partOf(scene[name]));
  const clouds = solids.map(({ points }) => points.map((point) => scaled(point, axisParts)));
  const all = clouds.flat().filter((point) => point.every(Number.isFinite));
  const axes = axisParts.map((part, index) =>
    readAxis(part, "xyz"[index]!, reach(all.map((point) => point[index]!))),
  ) as [Axis, Axis, Axis];
  const placed = solids.map((solid, index) => ({
    ...solid,
    points: clouds[index]!.map((point) => intoCube(point, axes)),
  }));
  return {
    meshes: placed.filter((solid) => "triangles" in solid),
    walks: placed.filter((solid) => "lineWidth" in solid),
    axes,
    eye: eyeOf(scene),
  };
}

function readSolid(trace: Part): Mesh | Walk {
  if (trace.type === "surface") return readSurface(trace);
  return trace.type === "mesh3d" ? readMesh(trace) : readWalk(trace);
}

function readSurface(trace: Part): Mesh {
  // plotly's contract for a surface: rows of heights, and x and y along the sides or for each point.
  const z = trace.z as number[][];
  const [x, y] = [trace.x as number[] | undefined, trace.y as number[] | undefined];
  const columns = z[0]?.length ?? 0;
  const points = z.flatMap((row, j) =>
    row.map((height, i): Vector => [at(x, i, j, i), at(y, j, j, i), toNumber(height)]),
  );
  const heights = ((trace.surfacecolor as number[][] | undefined) ?? z).flat().map(toNumber);
  const squares = z.slice(1).flatMap((_, j) => z[0]!.slice(1).map((_, i) => j * columns + i));
  return {
    points,
    shares: sharesOf(heights, trace.cmin, trace.cmax),
    triangles: squares.flatMap((corner): [number, number, number][] => [
      [corner, corner + 1, corner + columns + 1],
      [corner, corner + columns + 1, corner + columns],
    ]),
    colours: colourTable(trace.colorscale),
  };
}

/** A coordinate given along one side of a grid, for each point of it, or not at all. */
function at(
  values: readonly unknown[] | undefined,
  place: number,
  row: number,
  column: number,
): number {
  const value = values?.[place];
  if (!values) return place;
  return Array.isArray(value) ? toNumber((values[row] as unknown[])[column]) : toNumber(value);
}

function readMesh(trace: Part): Mesh {
  const points = readPoints(trace);
  const [i, j, k] = ["i", "j", "k"].map((name) => (trace[name] ?? []) as number[]);
  const intensity = trace.intensity as number[] | undefined;
  const plain = String(trace.color ?? "#888888");
  return {
    points,
    shares: sharesOf(intensity ?? points.map(() => 0), trace.cmin, trace.cmax),
    triangles: i!.map((corner, index): [number, number, number] => [
      corner,
      j![index]!,
      k![index]!,
    ]),
    colours: intensity
      ? colourTable(trace.colorscale)
      : colourTable([
          [0, plain],
          [1, plain],
        ]),
  };
}

function readWalk(trace: Part): Walk {
  const mode = String(trace.mode ?? "lines+markers");
  const [line, marker] = [partOf(trace.line), partOf(trace.marker)];
  const colour = [line.color, marker.color].find((each) => typeof each === "string");
  return {
    points: readPoints(trace),
    name: typeof trace.name === "string" ? trace.name : undefined,
    lineWidth: mode.includes("lines") ? Number(line.width ?? 2) : 0,
    markerSize: mode.includes("markers") ? Number(marker.size ?? 6) : 0,
    colour: parseColour(String(colour ?? "#1f77b4")),
  };
}

function readPoints(trace: Part): Vector[] {
  const [x, y, z] = ["x", "y", "z"].map((name) => (trace[name] ?? []) as unknown[]);
  return x!.map((value, index) => [toNumber(value), toNumber(y![index]), toNumber(z![index])]);
}

function sharesOf(values: readonly number[], low: unknown, high: unknown): number[] {
  const [least, greatest] = reach(values);
  const from = typeof low === "number" ? low : least;
  const to = typeof high === "number" ? high : greatest;
  return values.map((value) => (value - from) / (to - from || 1));
}

function scaled(point: Vector, axes: readonly Part[]): Vector {
  return point.map((value, index) =>
    axes[index]!.type === "log" ? Math.log10(value) : value,
  ) as unknown as Vector;
}

function readAxis(part: Part, letter: string, [least, greatest]: [number, number]): Axis {
  const title = partOf(part.title).text;
  const [low, high] = Array.isArray(part.range) ? part.range.map(Number) : [least, greatest];
  return {
    title: typeof title === "string" ? title : letter,
    low: low!,
    high: high!,
    isLog: part.type === "log",
    ticks: ownTicks(part, low!, high!),
  };
}

function intoCube(point: Vector, axes: readonly Axis[]): Vector {
  return point.map((value, index) => intoSide(value, axes[index]!)) as unknown as Vector;
}

export function intoSide(value: number, { low, high }: Axis): number {
  return (value - low) / (high - low || 1) - 0.5;
}

function eyeOf(scene: Part): Vector {
  const eye = partOf(partOf(scene.camera).eye);
  const side = (name: string): number => (typeof eye[name] === "number" ? eye[name] : 1.25);
  return [side("x"), side("y"), side("z")];
}

export function partOf(value: unknown): Part {
  return typeof value === "object" && value !== null ? (value as Part) : {};
}

/** A gap in the data arrives as null. */
function toNumber(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}
