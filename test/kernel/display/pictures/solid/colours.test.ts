import { expect, test } from "vitest";
import { colourTable, parseColour } from "../../../../../kernel/display/pictures/solid/colours.ts";

test("a scale runs from its first colour through its stops to its last", () => {
  const table = colourTable([
    [0, "#000000"],
    [0.5, "#ff0000"],
    [1, "#ffffff"],
  ]);
  expect([table[0], table[255]]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
  expect(table[64]![0]).toBeCloseTo(128, 0);
  expect(table[191]![1]).toBeCloseTo(127, 0);
});

test("a scale of flat steps has two stops at the same place", () => {
  const table = colourTable([
    [0, "#000"],
    [0.5, "#000"],
    [0.5, "#fff"],
    [1, "#fff"],
  ]);
  expect([table[100], table[200]]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
});

test("a scale without a name or with an unknown one is Cividis", () => {
  expect(colourTable(undefined)).toEqual(colourTable("Cividis"));
  expect(colourTable("Cividis")[0]).toEqual([0, 34, 78]);
});

test.each([
  ["#fff", [255, 255, 255]],
  ["#0072B2", [0, 114, 178]],
  ["rgb(1,2,3)", [1, 2, 3]],
  ["rgba(1, 2, 3, 0.5)", [1, 2, 3]],
  ["black", [0, 0, 0]],
])("%s is read", (text, colour) => {
  expect(parseColour(text)).toEqual(colour);
});
