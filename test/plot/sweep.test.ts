import { expect, test } from "vitest";
import { schedules, sweep, training, tuning } from "../../src/plot/index.ts";

const run = { rate: [0.01, 0.1, 1, 10], loss: [2, 0.5, Infinity, Number.NaN] };

test("a sweep shows diverged runs as crosses above all others, not as nothing", () => {
  const { data, alt } = sweep({ GD: run });
  const crosses = data.find(({ name }) => name === "GD diverged")!;
  expect(crosses.x).toEqual([1, 10]);
  expect(Math.min(...(crosses.y as number[]))).toBeGreaterThan(2);
  expect(alt).toContain("GD: best loss 0.5 at rate 0.1, 2 of 4 diverged.");
});

test("a sweep marks the stable bound on its log axis", () => {
  const { layout } = sweep({ GD: run }, { bound: 0.1 });
  expect(layout.shapes![0]).toMatchObject({ x0: 0.1, x1: 0.1 });
  expect(layout.annotations![0]).toMatchObject({ x: -1, text: "stable below 0.1" });
});

test("a sweep in which nothing survived says so", () => {
  expect(sweep({ GD: { rate: [1], loss: [Infinity] } }).alt).toContain(
    "GD: no run ended finite, 1 of 1 diverged.",
  );
});

test("a schedule that jumps is drawn as stairs, a smooth one is not", () => {
  const { data } = schedules({
    stairs: (t) => 0.5 ** Math.floor(t / 30),
    smooth: (t) => Math.exp(-t / 30),
  });
  expect(data.map(({ line }) => (line as { shape?: string }).shape)).toEqual(["hv", undefined]);
});

test("training marks the best epoch and where patience would have ended", () => {
  const history = { train: [5, 4, 3, 2, 1], validation: [5, 3, 4, 4, 4] };
  const { layout, alt } = training(history, { patience: 2 });
  expect(layout.annotations!.map(({ x, text }) => [x, text])).toEqual([
    [1, "best"],
    [3, "early stop"],
  ]);
  expect(alt).toContain("best validation 3 at epoch 1");
  expect(training(history, { patience: 9 }).layout.annotations).toHaveLength(1);
  expect(training({ train: [1, 2] }).layout.shapes).toEqual([]);
});

test("tuning frames the best cell of each row and crosses what diverged", () => {
  const { data, layout } = tuning(
    { GD: [2, 0.5, Infinity], Adam: [1, 2, 3] },
    { columns: [0.01, 0.1, 1] },
  );
  expect(data[0]!.z).toEqual([
    [Math.log10(2), Math.log10(0.5), Number.NaN].map((z) =>
      Number.isNaN(z) ? null : Number(z.toPrecision(6)),
    ),
    [0, 0.30103, 0.477121],
  ]);
  expect(layout.shapes!.map(({ x0, y0 }) => [x0, y0])).toEqual([
    [0.5, -0.5],
    [-0.5, 0.5],
  ]);
  expect(layout.annotations!.filter(({ text }) => text === "×")).toHaveLength(1);
});

test("tuning writes small rates as powers of ten, so that they fit under their cells", () => {
  const { data } = tuning({ GD: [1, 2, 3] }, { columns: [1e-4, 10 ** -3.5, 0.01] });
  expect(data[0]!.x).toEqual(["1e-4", "3.2e-4", "0.01"]);
});

test("tuning refuses a row that is too short", () => {
  expect(() => tuning({ GD: [1] }, { columns: [0.1, 1] })).toThrow(
    "GD and columns must have the same length, but they have 1 and 2",
  );
});
