import { expect, test } from "vitest";
import { placed } from "../../src/plot/graphLayout.ts";
import { graph } from "../../src/plot/index.ts";
import { chain } from "./subjects.ts";

test("every node stands right of all it is made of", () => {
  const column = new Map(placed(chain).map((place) => [place.node.name, place.column]));
  for (const { name, inputs = [] } of chain as readonly { name: string; inputs?: string[] }[])
    for (const input of inputs) expect(column.get(input)).toBeLessThan(column.get(name)!);
});

test("an input stands next to the first node that needs it", () => {
  const column = new Map(placed(chain).map((place) => [place.node.name, place.column]));
  expect([column.get("w"), column.get("b"), column.get("y")]).toEqual([0, 1, 2]);
});

test("no two nodes share a place", () => {
  const spots = placed(chain).map(({ column, row }) => `${column} ${row}`);
  expect(new Set(spots).size).toBe(chain.length);
});

test("draws one arrow for each use, two for a number used twice", () => {
  const square = [
    { name: "x", value: 3, gradient: 6 },
    { name: "y", operation: "×", value: 9, gradient: 1, inputs: ["x", "x"] },
  ];
  const { layout, alt } = graph(square);
  expect(layout.annotations!.filter(({ showarrow }) => showarrow)).toHaveLength(2);
  expect(alt).toBe("Computation graph of 2 nodes. x = 3, gradient 6. y = x × x = 9, gradient 1.");
});

test("refuses unknown inputs and circles", () => {
  expect(() => graph([{ name: "y", value: 1, inputs: ["x"] }])).toThrow(
    "y is made of x, but no node has that name",
  );
  expect(() =>
    graph([
      { name: "a", value: 1, inputs: ["b"] },
      { name: "b", value: 1, inputs: ["a"] },
    ]),
  ).toThrow("a is made of itself: a ← b ← a");
});
