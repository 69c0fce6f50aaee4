import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import * as source from "../../../src/index.ts";
import { readAtImport } from "../../bench/importing.mjs";

/** What Node itself says of the built library: a test's own loader would give it other modules. */
function said(program: string): unknown {
  const args = ["--input-type=module", "--eval", `console.log(JSON.stringify(${program}))`];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

const index = `await import("./dist/src/index.js")`;
const whole = `await import("./dist/src/whole.js")`;

/** Each public name, those of a namespace such as `plot` below it, with what it stands for. */
function kindsOf(library: object): string[] {
  return Object.entries(library)
    .flatMap(([name, value]) =>
      ["datasets", "metrics", "models", "plot"].includes(name)
        ? Object.entries(value as object).map(([below, each]) => [`${name}.${below}`, each])
        : [[name, value]],
    )
    .map(([name, value]) => `${name}: ${/^class/.test(String(value)) ? "class" : typeof value}`)
    .sort();
}

test("Node reads at most 300 kB of the library at import, and no package", async () => {
  const { kilobytes, packages } = await readAtImport();
  expect(kilobytes).toBeLessThanOrEqual(300);
  expect(packages).toEqual([]);
});

test.each([index, whole])("%s has the public names, each of its kind", (library) => {
  expect(said(`(${kindsOf})(${library})`)).toEqual(kindsOf(source));
});

test("what a call reads later is made of the same classes as what was read before", () => {
  const both = `const index = ${index}, whole = ${whole};`;
  const thrown = "(work) => { try { work(); } catch (error) { return error; } }";
  expect(
    said(`await (async () => { ${both} const thrown = ${thrown}; return [
      index.plot.fn(Math.abs) instanceof whole.plot.Figure,
      whole.plot.fn(Math.abs) instanceof index.plot.Figure,
      thrown(() => index.derive("x ^^ 2")) instanceof whole.FormulaError,
      thrown(() => whole.claim("Two is three", false)) instanceof index.ClaimError,
      whole.datasets.moons({ seed: 1 }).x instanceof index.Tensor,
      index.models.activations === whole.models.activations,
    ]; })()`),
  ).toEqual(Array(6).fill(true));
});

test("functions and classes are shown under their own names", () => {
  const names = `((d) => [d.plot.line, d.metrics.calibration, d.plot.Figure, d.gradCheck, d.tanh, d.sigmoid].map((f) => f.name))`;
  expect(said(`${names}(${index})`)).toEqual([
    "line",
    "calibration",
    "Figure",
    "gradCheck",
    "tanh",
    "sigmoid",
  ]);
});
