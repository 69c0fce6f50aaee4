import { compileModule } from "./compileModule.ts";
import { opening } from "./parse.ts";

/**
 * The file that a cell would be if its opening comment makes it a module, as in notebooks for tslab:
 * `/** @module name` and the end of the comment give `name.ts`, with `@jsx` beside it `name.tsx`.
 */
export function moduleFile(source: string): string | undefined {
  if (!source.includes("@module")) return undefined;
  const comments = opening.exec(source)![0].match(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g) ?? [];
  const texts = comments.filter((comment) => comment.startsWith("/**")).map(textOf);
  const tags = texts.flatMap((text) => [...text.matchAll(/@(\w+)([^@]*)/g)]);
  const names = tags.flatMap(([, tag, text]) => (tag === "module" ? [text!.trim()] : []));
  const name = names.findLast((text) => /^\w+$/.test(text));
  if (name === undefined) return undefined;
  return `${name}.${tags.some(([, tag]) => tag === "jsx") ? "tsx" : "ts"}`;
}

const textOf = (comment: string): string => comment.slice(3, -2).replaceAll(/^[ \t]*\*/gm, "");

/**
 * A module's cell as a function that hands the module over; its code runs when a cell imports it.
 * @throws {CellSyntaxError}
 */
export function compileModuleCell(source: string, file: string): string {
  const code = JSON.stringify(compileModule(source, file));
  // What it hands over is JavaScript already, so one address will do for both endings.
  return `(function($cell){$cell.module(${JSON.stringify(file.replace(/x$/, ""))},${code})})`;
}
