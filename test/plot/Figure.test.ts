import { expect, test } from "vitest";
import { line } from "../../src/plot/index.ts";

const figure = line({ train: [3, 2, 1] }, { x: "epoch", y: "loss" });

test("with replaces what it names, keeps the rest, and leaves the old figure alone", () => {
  const log = figure.with({ yaxis: { type: "log" } });
  expect(log.layout.yaxis).toEqual({ ...figure.layout.yaxis, type: "log" });
  expect(log.layout.xaxis).toEqual(figure.layout.xaxis);
  expect(figure.layout.yaxis!.type).toBeUndefined();
});

test("trace replaces parts of one trace", () => {
  const thick = figure.trace(0, { line: { width: 9 } });
  expect(thick.data[0]!.line).toEqual({ ...(figure.data[0]!.line as object), width: 9 });
  expect(thick.alt).toBe(figure.alt);
});

test("trace names the traces there are when asked for another", () => {
  expect(() => figure.trace(1, {})).toThrow("one of the 1 traces of this figure, but got 1");
});
