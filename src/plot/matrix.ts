import { type Cells, cellTexts, cellTrace } from "./cells.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis } from "./look.ts";
import { sameLength, say, type Table, table } from "./numbers.ts";

export interface MatrixOptions {
  /** Names of the rows. Default the classes, or 0, 1, 2, … */
  readonly rows?: readonly string[];
  /** Names of the columns. Default: those of the rows if the table is square. */
  readonly columns?: readonly string[];
  /** What the columns are. Default "predicted". */
  readonly x?: string;
  /** What the rows are. Default "true". */
  readonly y?: string;
  readonly title?: string;
}

/** A table of counts with the classes that number its rows, as `metrics.confusionMatrix` gives. */
export interface CountedClasses {
  readonly counts: Table;
  readonly classes: readonly (number | string)[];
}

/**
 * Draws a table of counts as coloured cells: a confusion matrix, rows true, columns predicted.
 * Each cell is coloured by its share of its row, so that a rare class is not lost beside a common one.
 *
 * @throws RangeError when the table is empty or ragged.
 * @example
 * plot.matrix([[50, 3], [5, 41]], { rows: ["cat", "dog"] }).alt // → "Table with true in rows and predicted in columns. cat: 50 cat, 3 dog. dog: 5 cat, 41 dog. On the diagonal: 91 of 99, a share of 0.9192."
 */
export function matrix(given: Table | CountedClasses, options: MatrixOptions = {}): Figure {
  const { x = "predicted", y = "true", title } = options;
  const { counts, classes } = "classes" in given ? given : { counts: given, classes: undefined };
  const values = table("counts", counts);
  const width = values[0]!.length;
  const rows = options.rows ?? (classes ?? values.map((_, index) => index)).map(String);
  const columns =
    options.columns ?? (width === rows.length ? rows : values[0]!.map((_, index) => String(index)));
  sameLength("rows", rows.length, "counts", values.length);
  sameLength("columns", columns.length, "row 0 of counts", width);
  const totals = values.map((line) =>
    line.reduce((sum, each) => sum + (Number.isFinite(each) ? each : 0), 0),
  );
  const cells: Cells = {
    rows,
    columns,
    z: values.map((line, index) => line.map((each) => each / (totals[index] || 1))),
    text: values.map((line) => line.map((each) => (Number.isFinite(each) ? say(each) : "–"))),
    hover: `${y} %{y}, ${x} %{x}: %{text}<br>%{z:.1%} of the row`,
  };
  const size = {
    width: 160 + 72 * Math.max(4, columns.length),
    height: 120 + 72 * Math.max(3, rows.length),
  };
  const large = columns.length > 12;
  return draw({
    traces: [cellTrace(cells)],
    layout: {
      ...(!large && size),
      ...(large && { height: 560 }),
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(x, { type: "category", ticks: "", showgrid: false }),
      yaxis: axis(y, { type: "category", ticks: "", showgrid: false, autorange: "reversed" }),
      annotations: large ? [] : cellTexts(cells, 15),
    },
    alt: `Table with ${y} in rows and ${x} in columns. ${values.map((line, row) => `${rows[row]}: ${line.map((each, column) => `${say(each)} ${columns[column]}`).join(", ")}.`).join(" ")}${onDiagonal(values)}`,
  });
}

function onDiagonal(values: readonly (readonly number[])[]): string {
  if (values.length !== values[0]!.length) return "";
  const right = values.reduce((sum, line, index) => sum + line[index]!, 0);
  const all = values.flat().reduce((sum, each) => sum + each, 0);
  return ` On the diagonal: ${say(right)} of ${say(all)}, a share of ${say(right / (all || 1))}.`;
}
