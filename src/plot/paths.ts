import type { FunctionOfTwo } from "./landscape.ts";
import { colorOf, marker, stroke } from "./look.ts";
import { counted, type Numbers, row, sameLength, say, scalar } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

/** The way of an optimizer: its points one after the other, or their x and y apart. */
export type Path =
  | readonly (readonly [number, number] | Numbers)[]
  | { readonly x: Numbers; readonly y: Numbers };

export interface Steps {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Number of the step that each point was. */
  readonly step: readonly number[];
}

/** Reads paths; of a long one every k-th step is kept, and the last. */
export const readPaths = (paths: Readonly<Record<string, Path>>): readonly Steps[] =>
  Object.entries(paths).map(([name, path]) => {
    const { x, y } = coordinates(name, path);
    const stride = Math.ceil(x.length / 400);
    const step = [...x.keys()].filter((k) => k % stride === 0 || k === x.length - 1);
    return { name, x: step.map((k) => x[k]!), y: step.map((k) => y[k]!), step };
  });

function coordinates(name: string, path: Path): { x: number[]; y: number[] } {
  const points = isPoints(path)
    ? path.map((point, step) => row(`point ${step} of ${name}`, point))
    : undefined;
  const x = points?.map((point) => point[0]!) ?? row(`x of ${name}`, (path as { x: Numbers }).x);
  const y = points?.map((point) => point[1]!) ?? row(`y of ${name}`, (path as { y: Numbers }).y);
  sameLength(`x of ${name}`, x.length, `y of ${name}`, y.length);
  if (x.length > 0) return { x, y };
  throw new RangeError(
    `The path ${name} must have at least one point, but it is empty.\nHint: begin it with the starting point.`,
  );
}

const isPoints = (path: Path): path is readonly (readonly [number, number] | Numbers)[] =>
  Array.isArray(path);

// Vermilion and black first: they stand out best on the bands.
const order = [1, 6, 0, 2, 3, 4, 5];

/** A path on the map. */
export const pathTrace = ({ name, x, y }: Steps, index: number): Trace => {
  const look = order[index % order.length]!;
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x,
    y,
    line: { ...stroke(index, 2), color: colorOf(look) },
    marker: {
      ...marker(index, 6),
      color: colorOf(look),
      line: { width: 1, color: "#fff" },
      maxdisplayed: 30,
    },
    hovertemplate: `${name}<br>(%{x:.4g}, %{y:.4g})<extra></extra>`,
  };
};

/** A path in words: how many steps, from where to where, and the height it reached. */
export function pathInWords({ name, x, y, step }: Steps, f: FunctionOfTwo): string {
  const [endX, endY] = [x.at(-1)!, y.at(-1)!];
  const point = (px: number, py: number) => `(${say(px)}, ${say(py)})`;
  return `${name}: ${counted(step.at(-1)!, "step")} from ${point(x[0]!, y[0]!)} to ${point(endX, endY)}, height ${say(scalar(f(endX, endY)))}`;
}
