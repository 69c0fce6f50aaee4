import { rule } from "./look.ts";
import type { Attributes } from "./plotly.ts";

/** A place where the named function is not smooth. */
export interface Seam {
  readonly at: number;
  readonly name: string;
}

/** Dotted lines at the seams, labelled with the functions that bend there if there are several. */
export function seamMarks(
  seams: readonly Seam[],
  several: boolean,
): { shapes: Attributes[]; annotations: Attributes[] } {
  const places = [...new Set(seams.map(({ at }) => at))];
  const owners = (place: number) => seams.filter(({ at }) => at === place).map(({ name }) => name);
  return {
    shapes: places.map((x) => rule({ x }, { color: "#888", width: 1 })),
    // A crowd of labels hides more than it says; the lines are enough then.
    annotations: (places.length > 3 ? [] : places).map((x) =>
      topLabel(x, several ? `not smooth: ${owners(x).join(", ")}` : "not smooth"),
    ),
  };
}

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
