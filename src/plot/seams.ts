import { rule } from "./look.ts";
import { say } from "./numbers.ts";
import type { Attributes } from "./plotly.ts";
import type { Curve } from "./sampling.ts";

/** A place where the named function is not smooth, and what happens there. */
export interface Seam {
  readonly at: number;
  readonly name: string;
  readonly what: "jump" | "kink" | "curvature jumps";
}

/** Whether a drawn curve is broken at this place. */
export const breaksAt = ({ x, y }: Curve, place: number): boolean =>
  y.some((value, index) => value === null && x[index] === place);

/**
 * Dotted lines at the seams, with a label each. Beside other functions only kinks and jumps are
 * labelled, with their owner: a crowd of labels hides more than it says.
 */
export function seamMarks(
  seams: readonly Seam[],
  several: boolean,
): { shapes: Attributes[]; annotations: Attributes[] } {
  const places = [...new Set(seams.map(({ at }) => at))];
  const told = several ? seams.filter(({ what }) => what !== "curvature jumps") : seams;
  const labelled = [...new Set(told.map(({ at }) => at))];
  return {
    shapes: places.map((x) => rule({ x }, { color: "#888", width: 1 })),
    annotations:
      labelled.length > 3 ? [] : labelled.map((x) => topLabel(x, labelAt(x, told, several))),
  };
}

function labelAt(place: number, seams: readonly Seam[], several: boolean): string {
  const here = seams.filter(({ at }) => at === place);
  const kinds = [...new Set(here.map(({ what }) => what))].join(", ");
  return several ? `${kinds}: ${here.map(({ name }) => name).join(", ")}` : kinds;
}

/** The seams of one function in words: ["kink at 0", "jump at 1"]. */
export const seamsInWords = (seams: readonly Seam[]): string[] =>
  [...new Set(seams.map(({ what }) => what))].map((kind) => {
    const places = seams.filter(({ what }) => what === kind).map(({ at }) => say(at));
    return `${kind} at ${places.join(", ")}`;
  });

/** A label on the upper edge of the drawing; on a log axis `x` is a power of ten. */
export const topLabel = (x: number, text: string): Attributes => ({
  x,
  y: 1,
  yref: "paper",
  yanchor: "bottom",
  text,
  showarrow: false,
  font: { size: 12 },
});
