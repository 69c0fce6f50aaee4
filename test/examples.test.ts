import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as downhill from "../src/index.ts";
import { brokenPromises, examplesIn } from "./examples/examples.ts";

const examples = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => {
    const file = join("src", name);
    return examplesIn(readFileSync(file, "utf8")).map(({ line, code }) => ({
      place: `${file}:${line}`,
      code,
    }));
  });

test.each(examples)("the example at $place is true", async ({ code }) => {
  expect(await brokenPromises(code, downhill)).toEqual([]);
});

describe("the test of examples", () => {
  const double = (x: number) => 2 * x;

  test("finds every example with its line, also two in one docstring", () => {
    const source =
      "\n/**\n * Doubles.\n *\n * @example\n * double(2) // → 4\n * @example double(1) // → 2\n * @throws never\n */\n";
    expect(examplesIn(source)).toEqual([
      { line: 5, code: expect.stringContaining("double(2) // → 4") },
      { line: 7, code: expect.stringContaining("double(1) // → 2") },
    ]);
  });

  test("runs lines in order, with types, several lines long, and awaited", async () => {
    const code =
      "const x: number = 3\ndouble(\n  x,\n) // → 6\nawait Promise.resolve(x) // → 3\n[x, double(x)] // → [3, 6]";
    expect(await brokenPromises(code, { double })).toEqual([]);
  });

  test.each([
    ["a wrong value", "double(2) // → 5", "double(2) gives 4, not 5"],
    ["the 11th digit", "1 / 3 // → 0.33333333334", "not 0.33333333334"],
    ["a missing member", "({ a: 1 }) // → { a: 1, b: 2 }", "not 2 at b"],
    ["an array of another length", "[1, 2] // → [1]", "2, not"],
    ["an error that does not come", "double(2) // throws RangeError", "throws nothing"],
    ["an error that nobody promised", "missing(2) // → 5", "missing is not defined"],
    ["a promise of nothing", "double(2)", "no line with"],
  ])("sees %s", async (_, code, complaint) => {
    expect(await brokenPromises(code, { double })).toEqual([expect.stringContaining(complaint)]);
  });

  test("takes errors by their names and typed arrays as arrays", async () => {
    const code =
      'new Float64Array(2) // → [0, 0]\n(() => { throw new RangeError("no") })() // throws RangeError';
    expect(await brokenPromises(code, {})).toEqual([]);
  });
});
