import { describe, expect, test } from "vitest";
import * as plot from "../../src/plot/index.ts";
import { mse } from "./subjects.ts";

const region = { x: [-1, 1], y: [-1, 1] } as const;
const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Everything that takes rows of numbers, with the place where the row goes. */
const takesRows: Readonly<Record<string, (values: number[]) => plot.Figure>> = {
  line: (values) => plot.line({ values }),
  "line on log axes": (values) => plot.line({ values }, { log: "xy" }),
  sweep: (values) => plot.sweep({ GD: { rate: values.map((_, k) => 10 ** -k), loss: values } }),
  training: (values) => plot.training({ train: values, validation: values }),
  gradientFlow: (values) => plot.gradientFlow({ values }),
  activations: (values) => plot.activations({ values }),
  gradientCheck: (values) => plot.gradientCheck({ analytic: values, numeric: values }),
  race: (values) => plot.race({ values }),
  histogram: (values) => plot.histogram({ values }),
  box: (values) => plot.box({ values }),
  strip: (values) => plot.strip(values),
  fit: (values) => plot.fit({ x: values, y: values }, { same: (x) => x }),
  roc: (values) =>
    plot.roc(
      values.map((_, k) => k % 2),
      { values },
    ),
  calibration: (values) =>
    plot.calibration(
      values.map((_, k) => k % 2),
      { values },
    ),
  matrix: (values) => plot.matrix([values]),
  tuning: (values) => plot.tuning({ values }, { columns: values.map((_, k) => 10 ** -k) }),
  boundary: (values) => plot.boundary((x) => x, { x: values, y: values, label: values }),
  contour: (values) =>
    plot.contour((x) => x, { ...region, paths: { values: { x: values, y: values } } }),
  simplex: (values) => plot.simplex(([first]) => first, { mark: { values } }),
};

/** Everything that takes functions. */
const takesFunctions: Readonly<Record<string, (f: (x: number) => number) => plot.Figure>> = {
  fn: (f) => plot.fn(f, { deriv: true }),
  chord: (f) => plot.chord(f, -1, 1),
  subgradients: (f) => plot.subgradients(f, 0),
  contour: (f) => plot.contour(f, region),
  surface: (f) => plot.surface(f, { ...region, log: true }),
  surfaceAndMap: (f) => plot.surfaceAndMap(f, region),
  slice: (f) => plot.slice((p) => f(p[0]!), [0], [[1]]),
  stability: (f) => plot.stability(f, region),
  boundary: (f) => plot.boundary(f, { x: [-1, 1], y: [0, 1], label: [0, 1] }),
  schedules: (f) => plot.schedules({ f }),
  loss: (f) =>
    plot.loss({
      ...mse,
      curve: (o) => {
        const c = mse.curve(o);
        return { ...c, value: c.argument.map(f) };
      },
    }),
};

/** A figure that is sound, or an error that teaches: nothing in between. */
function expectSound(make: () => plot.Figure): void {
  let figure: plot.Figure;
  try {
    figure = make();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(["RangeError", "TypeError"], String(error)).toContain((error as Error).name);
    expect((error as Error).message).toMatch(/\nHint: /);
    return;
  }
  const { alt, data } = figure;
  expect(alt).not.toMatch(/undefined|NaN|null/);
  expect(alt.length).toBeGreaterThan(15);
  expect(JSON.stringify(data)).not.toMatch(/NaN|Infinity/);
}

describe.each(Object.entries(takesRows))("%s", (_, make) => {
  test.each([
    ["no number", []],
    ["one number", [3]],
    ["equal numbers", [2, 2, 2]],
    ["zeros", [0, 0]],
    ["negative numbers", [-1, -2]],
    ["nothing finite", strange],
    ["some not finite", [1, ...strange, 2]],
    ["numbers beyond all measure", [1e308, -1e308, 5e-324]],
  ])("is sound for %s", (_name, values) => expectSound(() => make(values)));
});

describe.each(Object.entries(takesFunctions))("%s", (_, make) => {
  test.each([
    ["constant", () => 4],
    ["zero", () => 0],
    ["never finite", () => Number.NaN],
    ["infinite", () => Number.POSITIVE_INFINITY],
    ["finite on one side", (x: number) => Math.log(x)],
    ["a pole", (x: number) => 1 / x],
    ["huge", (x: number) => 1e300 * x],
    ["tiny", (x: number) => 1e-300 * x],
  ])("is sound for a function that is %s", (_name, f) => expectSound(() => make(f)));
});

test.each([
  ["line", () => plot.line({})],
  ["activations", () => plot.activations({})],
  ["race", () => plot.race({})],
  ["roc", () => plot.roc([0, 1], {})],
  ["precisionRecall", () => plot.precisionRecall([0, 1], {})],
  ["calibration", () => plot.calibration([0, 1], {})],
  ["tuning", () => plot.tuning({}, { columns: [] })],
  ["graph", () => plot.graph([])],
  ["fit", () => plot.fit({ x: [], y: [] }, {})],
  ["gradientFlow", () => plot.gradientFlow({})],
  ["histogram", () => plot.histogram({})],
  ["sweep", () => plot.sweep({})],
])("%s of nothing at all is sound", (_, make) => expectSound(make));

test("a word instead of a number is refused with the name of its row", () => {
  expect(() => plot.histogram({ residuals: ["3"] as never })).toThrow(
    "residuals must be a row of numbers",
  );
  expect(() => plot.histogram({ residuals: undefined as never })).toThrow(
    "residuals must be a row of numbers, but it is undefined",
  );
});
