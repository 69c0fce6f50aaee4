import { expect, test } from "vitest";
import { Compiling } from "../../../kernel/session/compiling.ts";

/** A cell compiled ahead, and what it runs as after this has happened to the names. */
async function afterwards(happens: (compiling: Compiling) => void) {
  const compiling = new Compiling(undefined);
  compiling.declare([{ name: "rate", kind: "let", variable: "rate" }]);
  const before = await compiling.compile("rate + performance", "In[1]");
  happens(compiling);
  return {
    before: before.cell,
    runs: await compiling.upToDate("rate + performance", "In[1]", before),
  };
}

test("a cell that was compiled ahead is not compiled again", async () => {
  const { before, runs } = await afterwards(() => {});
  expect(runs).toBe(before);
});

test("a cell is compiled again where another has declared a name meanwhile", async () => {
  const { before, runs } = await afterwards((compiling) =>
    compiling.declare([{ name: "performance", kind: "let", variable: "performance$cell" }]),
  );
  expect(before).toHaveProperty("code", expect.not.stringContaining("performance$cell"));
  expect(runs).toHaveProperty("code", expect.stringContaining("performance$cell"));
});

test("a cell is compiled again where the variables are gone meanwhile", async () => {
  const { before, runs } = await afterwards((compiling) => compiling.forget());
  expect(runs).not.toBe(before);
});
