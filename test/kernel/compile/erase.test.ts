import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { transformSync } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { compileModule, loadNativeParser } from "../../../kernel/compile/index.ts";
import { parseModule } from "../../../kernel/compile/parse.ts";

beforeAll(loadNativeParser);

/** Every eighth statement of this project's own files. */
const statements = ["src", "kernel", "test"]
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.d)\.ts$/.test(name))
      .map((name) => readFileSync(join(root, name), "utf8"))
      .flatMap((text) => parseModule(text).body.map(({ start, end }) => text.slice(start!, end!))),
  )
  .filter((text, at) => at % 8 === 0 && !/^(?:import|export (?:type )?(?:\{|\*))/.test(text));

/** Comments that say what the code around them could say. */
const comments = [
  "/* as > ) ( ? : ! , satisfies implements abstract class */",
  "/* ] } = ; < readonly */",
  "/* ) */ /* , */",
];

/** The text with a comment before every third word or sign, from a given one on. */
function commented(text: string, from: number): string {
  const { tokens = [] } = parse(text, {
    sourceType: "module",
    allowUndeclaredExports: true,
    plugins: ["typescript"],
    tokens: true,
  });
  const starts = (tokens as { start: number; type: { label?: string } | string }[])
    .filter(({ type }) => typeof type !== "string" && !/template|`|\$\{|eof/.test(type.label ?? ""))
    .map(({ start }) => start)
    // The name of a private member is one word.
    .filter((start, at) => at % 3 === from && text[start - 1] !== "#");
  return [...starts, text.length]
    .map((start, at) => text.slice(starts[at - 1] ?? 0, start))
    .join(comments[from]);
}

const plainly = (code: string, loader: "ts" | "js") =>
  transformSync(code, { loader, minifyWhitespace: true, minifySyntax: true, target: "es2022" })
    .code;

test("what comments say is taken for nothing else, wherever they stand", () => {
  let compared = 0;
  for (const [at, text] of statements.entries()) {
    const source = commented(text, at % 3);
    // What is lowered passes through the other compiler twice, and these words would be declared.
    if (/\b(?:enum|namespace|require|module|exports)\b/.test(source)) continue;
    compared++;
    expect(plainly(compileModule(source, "file.ts"), "js"), source).toBe(plainly(source, "ts"));
  }
  expect(compared).toBeGreaterThan(500);
}, 60_000);
