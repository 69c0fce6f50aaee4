import { shownAs } from "../shown.ts";
import type { Cause } from "./Cause.ts";

/** What a gradient check found: plain data, one sentence, one row for each number compared. */
export interface GradCheckReport {
  /** `"undecided"`: the function itself cannot be measured, or its noise hides the answer. */
  readonly verdict: "right" | "wrong" | "undecided";
  /** The verdict in words, with the cause and its place when it is wrong. */
  readonly sentence: string;
  /** Why it is wrong, when that could be told. */
  readonly cause?: Cause;
  readonly groups: readonly GradCheckGroup[];
  readonly rows: readonly GradCheckRow[];
  /** How often the function was computed. */
  readonly evaluations: number;
}

/** The verdict on one group of parameters. */
export interface GradCheckGroup {
  /** `""` when the parameters are one block without a name. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly verdict: "right" | "wrong" | "undecided";
  /** How many of its entries differ. */
  readonly wrong: number;
  readonly of: number;
  /** The largest relative error among the entries that were compared. */
  readonly relativeError: number;
}

/** One number of the gradient beside the measured slope. */
export interface GradCheckRow {
  /** The entry, such as `w[2]`. */
  readonly name: string;
  readonly group: string;
  readonly index: number;
  /** The value of the parameter. */
  readonly parameter: number;
  readonly yours: number;
  /** The slope measured by differences; at a corner the middle of the interval. */
  readonly numeric: number;
  /** How far `numeric` may be off. */
  readonly error: number;
  /** |yours − numeric| over the larger of the two; 0 when both are 0. */
  readonly relativeError: number;
  /** `"corner"`: the function has a kink here and yours lies between its slopes; nobody is wrong. */
  readonly verdict: "agrees" | "differs" | "corner" | "unclear";
  /** Why there is no slope to compare with: the value jumps, or does not exist on one side. */
  readonly obstacle?: "jump" | "undefined";
  /** The slopes from the left and from the right of a kink, the smaller first. */
  readonly interval?: readonly [number, number];
}

/** |a − b| relative to the larger of the two, with 0/0 = 0. */
export function relativeError(a: number, b: number): number {
  const scale = Math.max(Math.abs(a), Math.abs(b));
  return scale === 0 ? 0 : Math.abs(a - b) / scale;
}

/** The report with the way it shows itself in a notebook: a sentence and a table. */
export function shown(report: GradCheckReport): GradCheckReport {
  const bundle = () => ({ "text/plain": asText(report), "text/markdown": asMarkdown(report) });
  return shownAs({ ...report }, bundle);
}

const marks = { right: "✓", wrong: "✗", undecided: "?" } as const;
const rowMarks = { agrees: "✓", differs: "✗", corner: "∠ kink", unclear: "?" } as const;
const mostRows = 12;

function asMarkdown(report: GradCheckReport): string {
  const lines = [`${marks[report.verdict]} ${report.sentence}`];
  if (report.rows.length) {
    lines.push(
      "",
      "| slope by | parameter | yours | measured | relative error |",
      "|---|---:|---:|---:|---:|",
    );
    for (const row of rowsToShow(report)) lines.push(`| ${cells(row).join(" | ")} |`);
    lines.push(...leftOut(report));
  }
  return lines.join("\n");
}

function asText(report: GradCheckReport): string {
  const lines = [`${marks[report.verdict]} ${report.sentence}`];
  const table = rowsToShow(report).map(cells);
  if (table.length) table.unshift(["", "parameter", "yours", "measured", "relative error"]);
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const padded = table.map((row) =>
    row.map((cell, i) => (i ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join("  "),
  );
  return [...lines, ...padded, ...leftOut(report)].join("\n");
}

/** What differs comes first, then the rest in order. */
function rowsToShow({ rows }: GradCheckReport): readonly GradCheckRow[] {
  const urgency = { differs: 0, unclear: 1, corner: 2, agrees: 3 } as const;
  return rows.toSorted((a, b) => urgency[a.verdict] - urgency[b.verdict]).slice(0, mostRows);
}

const leftOut = ({ rows }: GradCheckReport) =>
  rows.length > mostRows ? ["", `… and ${rows.length - mostRows} more`] : [];

function cells(row: GradCheckRow): string[] {
  const measured = row.interval
    ? `between ${short(row.interval[0])} and ${short(row.interval[1])}`
    : short(row.numeric);
  const name = `${row.name.replaceAll("|", "\\|")} ${rowMarks[row.verdict]}`;
  const error = row.verdict === "corner" ? "–" : row.relativeError.toExponential(1);
  return [name, short(row.parameter), short(row.yours), measured, error];
}

const short = (value: number) => String(Number(value.toPrecision(6)));
