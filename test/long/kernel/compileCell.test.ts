import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { parse } from "@babel/parser";
import { expect, test } from "vitest";
import { CellSyntaxError, compileCell, compileModule } from "../../../kernel/compile/index.ts";

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
