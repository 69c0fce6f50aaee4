import { describe, expect, test, vi } from "vitest";
import { controlsOf } from "../../../kernel/controls/index.ts";
import { frontEnd } from "./frontEnd.ts";

const display = Object.assign(() => undefined, { update: () => undefined });
const stage = () => {
  const page = frontEnd();
  return { page, ...controlsOf(page, display) };
};

describe("every control", () => {
  const { page, controls } = stage();
  const box = controls.checkbox();
  const all = {
    IntSlider: controls.intSlider({ min: 0, max: 9 }),
    FloatSlider: controls.floatSlider({ min: 0, max: 1 }),
    FloatLogSlider: controls.logSlider({ min: 1e-3, max: 1 }),
    FloatRangeSlider: controls.rangeSlider({ min: 0, max: 4 }),
    Dropdown: controls.dropdown({ options: ["GD", "Adam"] }),
    Checkbox: box,
    ToggleButton: controls.toggle({ description: "noise" }),
    Text: controls.text({ value: "x ** 2" }),
    Button: controls.button("Train"),
    FloatProgress: controls.progress({ value: 0.5 }),
    Output: controls.output(),
    VBox: controls.vbox(box),
    HBox: controls.hbox(box),
    Tab: controls.tabs({ one: box }),
  };

  test.each(Object.keys(all))("%s names its model and its view by the protocol", (name) => {
    // Both kinds of progress bars share a view.
    const view = name === "FloatProgress" ? "ProgressView" : `${name}View`;
    const module = name === "Output" ? "@jupyter-widgets/output" : "@jupyter-widgets/controls";
    expect(page.model(name)).toMatchObject({
      _model_module: module,
      _model_name: `${name}Model`,
      _view_module: module,
      _view_name: view,
      _dom_classes: [],
      layout: expect.stringMatching(/^IPY_MODEL_/),
    });
  });

  test("styles live in the base module with their views, in controls with their models", () => {
    expect(page.model("SliderStyle")).toMatchObject({
      _model_module: "@jupyter-widgets/controls",
      _view_module: "@jupyter-widgets/base",
      _view_name: "StyleView",
    });
  });

  test("all states have a form in JSON", () => {
    for (const { data } of page.heard) expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
});

test("sliders start in the middle, by their own measure of middle", () => {
  const { controls } = stage();
  expect(controls.intSlider({ min: 0, max: 9 }).value).toBe(5);
  expect(controls.floatSlider({ min: 0, max: 1 }).value).toBe(0.5);
  expect(controls.logSlider({ min: 1e-3, max: 10 }).value).toBeCloseTo(0.1, 12);
  expect(controls.rangeSlider({ min: 0, max: 4 }).value).toEqual([1, 3]);
});

test("a log slider tells the front end powers of ten", () => {
  const { page, controls } = stage();
  controls.logSlider({ min: 1e-3, max: 10 });
  expect(page.model("FloatLogSlider")).toMatchObject({ base: 10, min: -3, max: 1 });
});

test("a dropdown of values gives the value, not its place or name", () => {
  const { page, controls } = stage();
  const rate = controls.dropdown({ options: { small: 0.01, large: 1 }, value: 1 });
  expect([rate.value, page.model("Dropdown").index]).toEqual([1, 1]);
  page.move("Dropdown", { index: 0 });
  expect(rate.value).toBe(0.01);
  rate.value = 1;
  expect(page.model("Dropdown").index).toBe(1);
});

test("a button calls back for each press", () => {
  const { page, controls } = stage();
  const pressed = vi.fn();
  controls.button("Train", pressed);
  page.say("Button", { method: "custom", content: { event: "click" } });
  page.say("Button", { method: "custom", content: { event: "click" } });
  expect(pressed).toHaveBeenCalledTimes(2);
});

test("an output widget shows bundles", () => {
  const { page, controls } = stage();
  const place = controls.output();
  place.value = [{ "text/plain": "42" }];
  expect(page.model("Output").outputs).toEqual([
    { output_type: "display_data", data: { "text/plain": "42" }, metadata: {} },
  ]);
  expect(place.value).toEqual([{ "text/plain": "42" }]);
});

test("impossible controls are refused where they are made", () => {
  const { controls } = stage();
  expect(() => controls.intSlider({ min: 5, max: 5 })).toThrow("min below max");
  expect(() => controls.floatSlider({ min: 0, max: Number.NaN })).toThrow(RangeError);
  expect(() => controls.logSlider({ min: 0, max: 1 })).toThrow("above 0");
  expect(() => controls.dropdown({ options: [] })).toThrow("at least one");
  expect(() => controls.dropdown<string>({ options: ["a"], value: "b" })).toThrow("but not b");
});
