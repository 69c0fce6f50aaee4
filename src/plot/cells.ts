import { extent } from "./numbers.ts";
import { colorscale, heights, luminance } from "./palettes.ts";
import type { Attributes, Trace } from "./plotly.ts";

/** A table of coloured cells. */
export interface Cells {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What decides the colour, row by row; NaN leaves a cell white. */
  readonly z: readonly (readonly number[])[];
  /** What stands in each cell. */
  readonly text: readonly (readonly string[])[];
  /** Text of the box under the mouse, with %{x}, %{y} and %{text}. */
  readonly hover: string;
}

/** The coloured cells; light is low. */
export const cellTrace = ({ rows, columns, z, text, hover }: Cells): Trace => ({
  type: "heatmap",
  x: columns,
  y: rows,
  z,
  text,
  colorscale: colorscale(heights),
  showscale: false,
  xgap: 2,
  ygap: 2,
  hovertemplate: `${hover}<extra></extra>`,
});

/** The text in the cells, black on light and white on dark. */
export function cellTexts({ z, text }: Cells, size: number): Attributes[] {
  const [least, greatest] = extent(z.flat()) ?? [0, 1];
  return text.flatMap((line, row) =>
    line.map((word, column) => ({
      x: column,
      y: row,
      text: word,
      showarrow: false,
      font: { size, ...inkOn((z[row]![column]! - least) / (greatest - least || 1)) },
    })),
  );
}

/** A cell without a colour shows the paper, on which all text has the same ink. */
const inkOn = (share: number): Attributes =>
  Number.isNaN(share) ? {} : { color: luminance(heights(share)) > 0.3 ? "#000" : "#fff" };
