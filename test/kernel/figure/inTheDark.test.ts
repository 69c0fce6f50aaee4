import fc from "fast-check";
import { expect, test } from "vitest";
import { inTheDark } from "../../../kernel/figure/inTheDark.ts";
import type { PlotlyPart } from "../../../kernel/figure/Plotly.ts";

const dark = (layout: PlotlyPart, data: readonly PlotlyPart[] = []) => inTheDark({ data, layout });

test("white paper turns dark and black ink light", () => {
  const { layout } = dark({ paper_bgcolor: "#fff", font: { color: "black" } });
  expect(layout).toMatchObject({
    paper_bgcolor: "rgba(17,17,17,1)",
    font: { color: "rgba(238,238,238,1)" },
  });
});

test("what the figure leaves open comes from the dark template", () => {
  expect(dark({}).layout.template).toMatchObject({ layout: { paper_bgcolor: "#111111" } });
});

test("hues stay, so that the text may name them", () => {
  const trace = { line: { color: "#0072B2" }, marker: { color: "rgba(213, 94, 0, 0.5)" } };
  expect(dark({}, [trace]).data).toEqual([trace]);
});

test("opacity stays when a grey is turned", () => {
  expect(dark({ legend: { bgcolor: "rgba(255,255,255,0.7)" } }).layout.legend).toEqual({
    bgcolor: "rgba(17,17,17,0.7)",
  });
});

test("a lighter grey always becomes a darker one", () => {
  const lightness = (grey: number) => {
    const hex = grey.toString(16).padStart(2, "0").repeat(3);
    return Number(/\d+/.exec(String(dark({ c: `#${hex}` }).layout.c))![0]);
  };
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), (one, other) => {
      fc.pre(one < other);
      return lightness(one) >= lightness(other);
    }),
  );
});

test("a black line turns light, but not over a heat map, whose colours it lies on", () => {
  const line = { type: "scatter", line: { color: "#000" } };
  expect(dark({}, [line]).data[0]).toMatchObject({ line: { color: "rgba(238,238,238,1)" } });
  expect(dark({}, [line, { type: "heatmap" }]).data[0]).toEqual(line);
  expect(dark({ images: [{}] }, [line]).data[0]).toEqual(line);
});

test("the bands of a map stay as they are, also where their colour is nearly grey", () => {
  const shapes = [{ type: "path", fillcolor: "rgb(176,178,178)", line: { color: "#fff" } }];
  expect(dark({ shapes }, [{ type: "heatmap" }]).layout.shapes).toEqual(shapes);
  expect(dark({ shapes }).layout.shapes).not.toEqual(shapes);
});

test("texts, data and colour scales are not mistaken for colours", () => {
  const trace = { name: "white", x: ["black"], text: ["#fff"], colorscale: [[0, "#000"]] };
  expect(dark({}, [trace]).data).toEqual([trace]);
});

test("slider steps keep what they set, for plotly compares it with the figure", () => {
  const step = { method: "animate", args: [["white"], { mode: "immediate" }] };
  expect(dark({ sliders: [{ steps: [step] }] }).layout.sliders).toEqual([{ steps: [step] }]);
});

test("numbers in the cells of a heat map keep the ink that is read on them, words beside it do not", () => {
  const cell = { x: 1, y: 2, text: "50", font: { color: "#fff" } };
  const label = { x: 1, yref: "paper", text: "best", font: { color: "#000" } };
  const { layout } = dark({ annotations: [cell, label] }, [{ type: "heatmap" }]);
  expect(layout.annotations).toMatchObject([cell, { font: { color: "rgba(238,238,238,1)" } }]);
  expect(dark({ annotations: [cell] }).layout.annotations).not.toMatchObject([cell]);
});

test("coloured bands are a ground for lines as a heat map is", () => {
  const shapes = [{ type: "path", fillcolor: "rgb(255,240,150)", line: { color: "#fff" } }];
  expect(dark({ shapes }).layout.shapes).toEqual(shapes);
});

test("the legend of black lines over a map has light ground", () => {
  const black = { type: "scatter", line: { color: "#000" } };
  const legend = (...data: readonly PlotlyPart[]) => dark({ legend: { x: 0 } }, data).layout.legend;
  expect(legend(black, { type: "heatmap" })).toMatchObject({ x: 0, bgcolor: "#dddddd" });
  expect(legend({ type: "heatmap" })).toEqual({ x: 0 });
  expect(legend(black)).toEqual({ x: 0 });
});
