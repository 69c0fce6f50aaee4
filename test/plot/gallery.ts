import * as plot from "../../src/plot/index.ts";
import { descent, history, mae, mse, rosenbrock } from "./subjects.ts";

/** One of each kind of figure, as a lesson would draw it: the laws and the front ends go through all. */
export const gallery: Readonly<Record<string, plot.Figure>> = {
  "fn with slope": plot.fn(
    {
      square: (e) => e * e,
      absolute: Math.abs,
      huber: (e) => (Math.abs(e) < 1 ? (e * e) / 2 : Math.abs(e) - 0.5),
      "log-cosh": (e) => Math.log(Math.cosh(e)),
    },
    { deriv: true, x: "error e = prediction − target", y: "loss", title: "Four regression losses" },
  ),
  "fn with a jump": plot.fn(
    { "zero-one": (m) => (m > 0 ? 0 : 1), hinge: (m) => Math.max(0, 1 - m) },
    { x: "margin", deriv: true },
  ),
  "fn with gaps": plot.fn(Math.log, { range: [-1, 4] }),
  loss: plot.loss(mae),
  "losses compared": plot.loss({ "squared error": mse, "absolute error": mae }),
  line: plot.line(
    { train: history(0), validation: history(0.004) },
    { x: "epoch", y: "loss", mark: { 27: "early stop" }, title: "Training and validation loss" },
  ),
  "line with gaps": plot.line({ run: [1, 0.5, Number.NaN, 0.2, -1, 0.1] }, { log: "y", x: "step" }),
  contour: plot.contour(rosenbrock, {
    x: [-2, 2],
    y: [-1, 3],
    log: true,
    names: ["θ₁", "θ₂"],
    title: "Two optimizers on Rosenbrock’s valley",
    paths: { "gradient descent": descent(0.004, 0), "momentum 0.9": descent(0.002, 0.9) },
    animate: true,
  }),
  "contour plain": plot.contour((x, y) => x * x - y * y, { x: [-2, 2], y: [-2, 2] }),
  "slider over an outlier": plot.slider(
    "outlier",
    [4, 5, 6, 8, 10, 15, 20, 30, 40, 60, 80, 100],
    (outlier) => {
      const data = [1, 2, 3, 4, outlier];
      const mean = data.reduce((sum, each) => sum + each) / 5;
      return plot.fn(
        {
          "mean squared error": (guess) =>
            data.reduce((sum, each) => sum + (guess - each) ** 2, 0) / 5,
          "mean absolute error": (guess) =>
            data.reduce((sum, each) => sum + Math.abs(guess - each), 0) / 5,
        },
        {
          range: [0, 25],
          x: "guess",
          y: "loss",
          seams: data,
          title: `Best guess: ${mean.toFixed(1)} or 3`,
        },
      );
    },
  ),
};
