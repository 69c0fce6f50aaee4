import { stripVTControlCharacters } from "node:util";
import type { Content } from "../wire/index.ts";
import type { Answer } from "./KernelProcess.ts";

/** Where a notebook's text goes while it runs. */
export interface Print {
  readonly out: Paper;
  readonly err: Paper;
}

interface Paper {
  readonly write: (text: string) => unknown;
  /** Whether somebody looks at it, so that colours are seen as colours. */
  readonly isTTY?: boolean;
}

/** Shows a cell's source, marked so that it differs from what the cell prints. */
export function printCell(source: string, { out }: Print): void {
  const lines = source.trimEnd().split("\n");
  out.write(`\n${lines.map((line, index) => `${index === 0 ? ">" : "."} ${line}`).join("\n")}\n`);
}

/** Shows what a cell tells: its text as it is, a picture or a table by the text that stands for it. */
export function printOutput(type: string, content: Content, { out, err }: Print): void {
  if (type === "stream") (content.name === "stderr" ? err : out).write(String(content.text));
  if (type === "error") {
    const text = traceback(content);
    err.write(`${err.isTTY ? text : stripVTControlCharacters(text)}\n`);
  }
  if (type === "execute_result" || type === "display_data") {
    out.write(`${plainText(content.data as Content)}\n`);
  }
}

/** Shows why a cell has no answer. */
export function printFailure(answer: Answer, seconds: number, { err }: Print): void {
  if (answer.kind === "timeout") {
    err.write(
      `The cell was interrupted after ${seconds} s.\nHint: --timeout gives each cell more seconds.\n`,
    );
  } else if (answer.kind === "died") err.write(`The kernel ended: ${answer.words}\n`);
}

function traceback({ traceback, ename, evalue }: Content): string {
  const lines = Array.isArray(traceback) ? traceback : [];
  return lines.length > 0 ? lines.join("\n") : `${ename}: ${evalue}`;
}

function plainText(data: Content): string {
  const text = data["text/plain"];
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : `(${Object.keys(data).join(", ")})`;
}
