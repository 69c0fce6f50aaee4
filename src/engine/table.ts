import type { Tensor } from "./Tensor.ts";

const maxRows = 20;
const maxColumns = 12;

/**
 * A tensor of one or two axes as an HTML table under its shape, long ones cut at 20 rows and 12 columns.
 * Other tensors, and those that are gone with their derivative, have none.
 */
export function tableOf(tensor: Tensor): string | undefined {
  const { shape, storage } = tensor;
  if (!storage.isThere || shape.length < 1 || shape.length > 2 || tensor.size === 0) {
    return undefined;
  }
  const [rows, columns] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  const across = counted(columns, maxColumns);
  const head = across.map((i) => `<th scope="col">${i}</th>`).join("");
  const { data } = tensor;
  const body = counted(rows, maxRows).map((row) => {
    const cells = across.map((column) => cell(row, column, () => data[+row * columns + +column]!));
    return `<tr>${shape.length === 1 ? "" : `<th scope="row">${row}</th>`}${cells.join("")}</tr>`;
  });
  const corner = shape.length === 1 ? "" : "<th></th>";
  const caption = `<caption style="white-space: nowrap">tensor of shape [${shape.join(", ")}]${tensor.dtype === "float32" ? ", float32" : ""}</caption>`;
  return `<table>${caption}<thead><tr>${corner}${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** The indices that are shown; "…" stands for those that are left out before the last one. */
const counted = (length: number, most: number): readonly string[] =>
  length <= most
    ? Array.from({ length }, (_, i) => String(i))
    : [...Array.from({ length: most - 1 }, (_, i) => String(i)), "…", String(length - 1)];

const cell = (row: string, column: string, value: () => number): string =>
  row === "…" || column === "…"
    ? "<td>…</td>"
    : `<td style="text-align: right">${Number(value().toPrecision(6))}</td>`;
