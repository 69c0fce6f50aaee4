import type { CellSyntaxError, Positions } from "../compile/index.ts";
import { excerpt } from "../excerpt.ts";
import type { Failure } from "../link/index.ts";
import { firstHalf, hintFor } from "./hint.ts";

/** A cell's text, and the way from a place in its code to the place in its text. */
export interface Source {
  readonly text: string;
  readonly place: Positions;
}

/** Finds the cell behind a name in a stack trace, such as `In[3]`. */
export type Sources = (file: string) => Source | undefined;

/** What `error` messages and replies say. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A cell's error with the calls that led to it, and the line of the cell where it shows. */
export function errorContent(failure: Failure, sources: Sources): ErrorContent {
  const { ename, evalue } = failure;
  return { ename, evalue, traceback: lines(failure, sources) };
}

function lines(failure: Failure, sources: Sources): string[] {
  const { ename, evalue, stack, facts, cause, parts = [] } = failure;
  const calls = stack.map((line) => mapped(line, sources));
  const [file, line, column] = firstPlace(calls) ?? [];
  const source = file === undefined ? undefined : sources(file);
  const frame = source ? ["", ...codeFrame(source.text, Number(line), Number(column) - 1)] : [];
  const hint = source && hintFor({ ename, evalue });
  const below = [
    ...parts.flatMap((part, at) => headed(`${at + 1}.`, lines(part, sources))),
    ...(cause ? headed("Caused by", lines(cause, sources)) : []),
  ];
  const help = hint === undefined ? [] : ["", hint];
  const head = `${bold(ename)}: ${evalue}`.split("\n");
  return [...head, ...(facts ? [facts] : []), ...calls, ...frame, ...help, ...below];
}

/** What belongs to an error, below a blank line. */
const headed = (head: string, [first, ...rest]: readonly string[]): string[] => [
  "",
  `${head} ${first}`,
  ...rest,
];

const placePattern = /(In\[[\d*]+\]):(\d+):(\d+)/;

/** Puts the cell's own line and column into a line of the stack. */
export const mapped = (line: string, sources: Sources): string =>
  line.replace(
    new RegExp(placePattern, "g"),
    (whole, file: string, row: string, column: string) => {
      const source = sources(file);
      if (!source) return whole;
      const place = source.place({ line: Number(row), column: Number(column) - 1 });
      return `${file}:${place.line}:${place.column + 1}`;
    },
  );

function firstPlace(
  calls: readonly string[],
): [file: string, line: string, column: string] | undefined {
  const found = calls.map((call) => placePattern.exec(call)).find((match) => match !== null);
  return found ? [found[1]!, found[2]!, found[3]!] : undefined;
}

/** A syntax error at its place in the cell. */
export function syntaxErrorContent(
  error: CellSyntaxError,
  text: string,
  file: string,
): ErrorContent {
  const { name, message, line, column } = error;
  const evalue = `${message} (${file}:${line}:${column + 1})`;
  const wantsMore = /^Unexpected/.test(message) && endsAt(text, line, column);
  const hint = wantsMore
    ? firstHalf
    : hintFor({ ename: name, evalue, line: text.split("\n")[line - 1] });
  const help = hint === undefined ? [] : ["", hint];
  const traceback = [`${bold(name)}: ${evalue}`, "", ...codeFrame(text, line, column), ...help];
  return { ename: name, evalue, traceback };
}

/** Whether nothing but blanks follows this place. */
function endsAt(text: string, line: number, column: number): boolean {
  const [here = "", ...rest] = text.split("\n").slice(line - 1);
  return [here.slice(column), ...rest].join("").trim() === "";
}

/** The line with its neighbours, and a mark under the column. */
function codeFrame(text: string, line: number, column: number): string[] {
  const all = text.split("\n");
  const from = Math.max(1, line - 2);
  const shown = all.slice(from - 1, line + 2);
  const width = String(from + shown.length).length;
  return shown.flatMap((content, index) => {
    const number = from + index;
    const head = `${number === line ? ">" : " "} ${String(number).padStart(width)} | `;
    if (number !== line) return [head + excerpt(content, 0).text];
    const { text, mark } = excerpt(content, column);
    return [head + text, `${" ".repeat(head.length - 2)}| ${mark}`];
  });
}

/** The one place where terminal colours are wanted: front ends show tracebacks in them. */
export const bold = (text: string): string => `\u001b[1;31m${text}\u001b[0m`;
