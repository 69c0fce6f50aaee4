import { describe, expect, test } from "vitest";
import type { Attributes, Trace } from "../../src/plot/plotly.ts";
import { gallery } from "./gallery.ts";

const display = Symbol.for("Jupyter.display");

describe.each(Object.entries(gallery))("the figure “%s”", (_, figure) => {
  const json = JSON.stringify(figure);

  test("is plain JSON with plotly's names and nothing else", () => {
    expect(JSON.parse(json)).toEqual({ ...figure });
    const names = Object.keys(JSON.parse(json));
    expect(names.filter((name) => !["data", "layout", "config", "frames"].includes(name))).toEqual(
      [],
    );
  });

  test("fits into 300 kB", () => {
    expect(json.length).toBeLessThanOrEqual(300_000);
  });

  test("says in words what its data says in numbers", () => {
    expect(figure.alt).toBe(figure.layout.meta?.alt);
    expect(figure.alt).toMatch(/[a-z].*\.$/s);
    const said = figure.alt.match(/-?\d+(\.\d+)?(e[+-]?\d+)?/g)!.map(Number);
    const drawn = new Set(
      figure.data.flatMap(numbersIn).map((value) => Number(value.toPrecision(4))),
    );
    expect(said.filter((value) => drawn.has(value))).not.toEqual([]);
  });

  test("tells its series apart without colour", () => {
    const looks = figure.data.filter(isDrawnLine).map(({ line, marker, mode }) => {
      const { color, dash } = (mode === "markers" ? marker : line) as Attributes;
      return JSON.stringify([color, dash, mode === "markers" && (marker as Attributes).symbol]);
    });
    expect(new Set(looks).size).toBe(looks.length);
  });

  test("offers no upload and shows no logo", () => {
    expect(figure.config).toMatchObject({ showSendToCloud: false, displaylogo: false });
  });

  test("shows itself as a drawing and as words", () => {
    const bundle = (figure as unknown as Record<symbol, () => Attributes>)[display]!();
    expect(bundle["text/plain"]).toBe(figure.alt);
    expect(bundle["application/vnd.plotly.v1+json"]).toEqual(JSON.parse(json));
  });

  test("keeps six significant digits of fractions", () => {
    const long = figure.data
      .flatMap(numbersIn)
      .filter((value) => Number(value.toPrecision(6)) !== value);
    expect(long.filter((value) => !Number.isInteger(value))).toEqual([]);
  });
});

/** Named lines of one panel; the other panels repeat their look on purpose. */
const isDrawnLine = ({ type, legendgroup, showlegend, mode }: Trace): boolean =>
  type === "scatter" &&
  mode !== "none" &&
  showlegend !== false &&
  (legendgroup === undefined || showlegend === true);

const numbersIn = (value: unknown): number[] => {
  if (typeof value === "number") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(numbersIn);
  return [];
};
