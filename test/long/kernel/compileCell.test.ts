import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import vm from "node:vm";
import { parse } from "@babel/parser";
import { expect, test } from "vitest";
import {
  CellSyntaxError,
  compileCell,
  compileModule,
  loadNativeParser,
  parseModule,
} from "../../../kernel/compile/index.ts";
import { parseShort } from "../../../kernel/compile/nativeParser.ts";
import { plainly } from "../../kernel/compile/plainly.ts";

/** TypeScript that other people wrote for other purposes. */
const files = ["node_modules", "src", "kernel"].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.d)\.m?ts$/.test(name))
    .map((name) => join(root, name)),
);

const refused = (error: unknown): string => {
  if (error instanceof CellSyntaxError) return `refused: ${error.message}`;
  throw error;
};

test("there is enough to try", () => expect(files.length).toBeGreaterThan(500));

test("every real file becomes a valid cell with as many lines", async () => {
  const failures: string[] = [];
  for (const file of files) {
    const source = readFileSync(file, "utf8");
    try {
      const { code } = await compileCell(source, new Map());
      new vm.Script(code);
    } catch (error) {
      failures.push(`${file}: ${error}`);
    }
  }
  expect(failures).toEqual([]);
}, 600_000);

test("every real file becomes a valid module", () => {
  const failures: string[] = [];
  for (const file of files) {
    try {
      parse(compileModule(readFileSync(file, "utf8"), file), { sourceType: "module" });
    } catch (error) {
      failures.push(`${file}: ${error instanceof CellSyntaxError ? refused(error) : error}`);
    }
  }
  expect(failures).toEqual([]);
}, 600_000);

test("both parsers give one tree for every statement of every real file", async () => {
  await loadNativeParser();
  const failures: string[] = [];
  let compared = 0;
  for (const file of files) {
    const source = readFileSync(file, "utf8");
    for (const { start, end } of parseModule(source).body) {
      const text = source.slice(start!, end!);
      const tree = parseShort(text);
      if (!tree) continue;
      compared++;
      const [ours, theirs] = [plainly(tree), plainly(parseModule(text))];
      if (!isDeepStrictEqual(ours, theirs)) failures.push(`${file}: ${text.slice(0, 200)}`);
    }
  }
  expect(failures).toEqual([]);
  expect(compared).toBeGreaterThan(5000);
}, 600_000);
