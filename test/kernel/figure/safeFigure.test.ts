import { expect, test } from "vitest";
import { safeFigure, spokenText } from "../../../kernel/figure/safeFigure.ts";

const figure = (parts: object = {}) =>
  safeFigure(JSON.stringify({ data: [{ y: [1, 2] }], layout: {}, ...parts }));

test("data and frames arrive as they are in the notebook", () => {
  const frames = [{ name: "1", data: [{ y: [3] }] }];
  expect(figure({ frames })).toMatchObject({ data: [{ y: [1, 2] }], frames });
});

test("a figure without a layout gets one with a height", () => {
  expect(safeFigure('{"data":[]}').layout.height).toBe(450);
});

test("a figure's own height wins", () => {
  expect(figure({ layout: { height: 200 } }).layout.height).toBe(200);
});

test("pictures by address are left out, pictures in the figure stay", () => {
  const inside = { source: "data:image/png;base64,AAAA" };
  const images = [
    { source: "https://example.org/spy.png" },
    { source: "//example.org/spy.png" },
    { source: "data:image/svg+xml,<svg><image href='https://example.org'/></svg>" },
    inside,
  ];
  expect(figure({ layout: { images } }).layout.images).toEqual([inside]);
});

test("a figure cannot ask for an upload button or name another server", () => {
  const asked = {
    showSendToCloud: true,
    displaylogo: true,
    plotlyServerURL: "https://example.org",
    topojsonURL: "https://example.org",
    showEditInChartStudio: true,
    showLink: true,
    scrollZoom: true,
  };
  expect(figure({ config: asked }).config).toEqual({
    displaylogo: false,
    showSendToCloud: false,
    scrollZoom: true,
  });
});

test.each(["null", "[]", "3", "{}", '{"data":{}}'])("%s is refused as no figure", (json) => {
  expect(() => safeFigure(json)).toThrow(TypeError);
});

test("a screen reader speaks the alternative text, then the title, then a plain word", () => {
  const layout = { title: { text: "Losses" }, meta: { alt: "Two curves" } };
  expect(spokenText(figure({ layout }))).toBe("Two curves");
  expect(spokenText(figure({ layout: { title: { text: "Losses" } } }))).toBe("Losses");
  expect(spokenText(figure({ layout: { title: "Old title" } }))).toBe("Old title");
  expect(spokenText(figure())).toBe("Figure");
});
