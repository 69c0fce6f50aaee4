import { expect, test } from "vitest";
import { candidates, completionOf } from "../../../kernel/types/completions.ts";

const labels = (names: readonly string[], word = "") =>
  candidates(
    names.map((label) => ({ label, sortText: "11" })),
    word,
  ).map(({ label }) => label);

test("a key that is no name is not offered behind a point, where it could not be written", () => {
  const bracketed = { label: "odd key", insertText: '["odd key"]' };
  expect(candidates([bracketed, { label: "age" }], "")).toEqual([{ label: "age" }]);
  // Between quotes the checker offers it as it is.
  expect(labels(["odd key", "age"])).toEqual(["age", "odd key"]);
});

test("files that begin with a point are offered to those who ask for them", () => {
  expect(labels([".bin", "d3"])).toEqual(["d3"]);
  expect(labels([".bin", "d3"], ".")).toEqual([".bin"]);
});

test("what every function has comes behind what this one has", () => {
  const all = ["apply", "bind", "call", "convex", "length", "name", "seams", "toString"];
  const own = ["convex", "name", "seams"];
  expect(labels(all)).toEqual([...own, "apply", "bind", "call", "length", "toString"]);
  expect(labels(["length", "at"])).toEqual(["at", "length"]);
});

test("a name of another cell is what its declaration says", () => {
  const told = { label: "Animal", kind: 6, documentation: { value: "Says something." } };
  expect(completionOf({ ...told, detail: "(alias) class Animal" })).toEqual({
    label: "Animal",
    type: "class",
    signature: "class Animal",
    documentation: "Says something.",
  });
  expect(completionOf({ label: "x", kind: 6, detail: "(alias) const x: 1" }).type).toBe("variable");
  expect(completionOf({ label: "y", kind: 3 })).toEqual({ label: "y", type: "function" });
});
