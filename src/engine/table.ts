import type { Tensor } from "./Tensor.ts";

const maxRows = 20;
const maxColumns = 12;

/**
 * A tensor as an HTML table under its shape, long ones cut at 20 rows and 12 columns: the last axis runs across, and
 * a row has its indices on all others before it. A single number, no numbers at all, and a tensor that is gone with
 * its derivative have none.
 */
export function tableOf(tensor: Tensor): string | undefined {
  const { shape, storage } = tensor;
  if (!storage.isThere || shape.length < 1 || tensor.size === 0) return undefined;
  const columns = shape.at(-1)!;
  const across = counted(columns, maxColumns);
  const head = across.map((i) => `<th scope="col">${i}</th>`).join("");
  const { data } = tensor;
  const body = counted(tensor.size / columns, maxRows).map((row) => {
    const cells = across.map((column) => cell(row, column, () => data[+row * columns + +column]!));
    return `<tr>${shape.length === 1 ? "" : `<th scope="row" style="white-space: nowrap">${indices(row, shape)}</th>`}${cells.join("")}</tr>`;
  });
  const corner = shape.length === 1 ? "" : "<th></th>";
  const caption = `<caption style="white-space: nowrap">tensor of shape [${shape.join(", ")}]${tensor.dtype === "float32" ? ", float32" : ""}</caption>`;
  return `<table>${caption}<thead><tr>${corner}${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** Where a row lies on all axes but the last. */
function indices(row: string, shape: readonly number[]): string {
  if (row === "…") return row;
  let rest = Number(row);
  const places: number[] = [];
  for (const length of shape.slice(0, -1).reverse()) {
    places.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return places.join(", ");
}

/** The indices that are shown; "…" stands for those that are left out before the last one. */
const counted = (length: number, most: number): readonly string[] =>
  length <= most
    ? Array.from({ length }, (_, i) => String(i))
    : [...Array.from({ length: most - 1 }, (_, i) => String(i)), "…", String(length - 1)];

const cell = (row: string, column: string, value: () => number): string =>
  row === "…" || column === "…"
    ? "<td>…</td>"
    : `<td style="text-align: right; white-space: nowrap">${Number(value().toPrecision(6))}</td>`;
