import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const built = "dist/share/jupyter/labextensions/downhill-figures/static";

test("the extension is at most 700 kB on its way to a classroom", () => {
  const sizes = readdirSync(built).map((name) => gzipSync(readFileSync(join(built, name))).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(700_000);
});

test("the sentences that describe plotly's attributes are left out, the attributes are not", () => {
  const plotly = readdirSync(built).find((name) => name.startsWith("plotly."))!;
  const program = readFileSync(join(built, plotly), "utf8");
  expect(program.match(/description:"\w/g) ?? []).toEqual([]);
  expect(program).toContain("hovertemplate:");
});
