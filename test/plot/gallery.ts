import * as plot from "../../src/plot/index.ts";
import {
  blobs,
  chain,
  descent,
  finalLosses,
  gaussian,
  heavyBallRadius,
  history,
  huber,
  mae,
  mse,
  rosenbrock,
  scored,
  seededRuns,
  sigmoid,
} from "./subjects.ts";

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
  chord: plot.chord((x) => x ** 4 / 4 - x * x + 0.3 * x, -1.8, 1.9),
  "chord of a convex function": plot.chord((x) => x * x, -1, 2),
  surface: plot.surface(rosenbrock, {
    x: [-2, 2],
    y: [-1, 3],
    log: true,
    names: ["θ₁", "θ₂"],
    title: "Rosenbrock’s valley",
    paths: { "momentum 0.9": descent(0.002, 0.9) },
  }),
  slice: plot.slice(
    (p) => p.reduce((sum, each, k) => sum + (k + 1) * each * each + Math.cos(3 * each), 0),
    [0.1, 0, -0.1, 0],
    [
      [1, 1, 0, 0],
      [0, 0, 1, -1],
    ],
    { reach: 2, path: evenSteps(20, (k) => [1.5 * 0.8 ** k, 1.2 * 0.7 ** k, -1.5 * 0.85 ** k, 0]) },
  ),
  "slice along one direction": plot.slice(
    (p) => p.reduce((sum, each) => sum + Math.sin(2 * each) + each * each, 0),
    [0, 0],
    [[1, 1]],
  ),
  sweep: plot.sweep(
    { "gradient descent": sweepOf(0), "momentum 0.9": sweepOf(0.9) },
    { bound: 0.1198, title: "Final loss after 50 steps" },
  ),
  schedules: plot.schedules(
    {
      "step decay": (step) => 0.1 * 0.5 ** Math.floor(step / 30),
      cosine: (step) => 0.05 * (1 + Math.cos((Math.PI * step) / 100)),
      "warm-up and cosine": (step) =>
        step < 10 ? step / 100 : 0.05 * (1 + Math.cos((Math.PI * (step - 10)) / 90)),
      "inverse root": (step) => 0.1 / Math.sqrt(1 + step),
    },
    { title: "Learning-rate schedules" },
  ),
  training: plot.training(
    { train: history(0), validation: history(0.004) },
    { patience: 8, title: "Training and validation loss" },
  ),
  "gradient flow": plot.gradientFlow(
    {
      sigmoid: Array.from({ length: 10 }, (_, k) => 10 ** (-5 + 0.45 * k)),
      "ReLU, He": Array.from({ length: 10 }, (_, k) => 10 ** (-1.2 + 0.04 * k)),
    },
    { title: "Gradient by layer" },
  ),
  "gradient flow, deep": plot.gradientFlow(
    {
      sigmoid: Array.from({ length: 30 }, (_, k) => 10 ** (-19 + 0.6 * k)),
      "tanh, Xavier": Array.from({ length: 30 }, (_, k) => 10 ** (-1.2 + 0.04 * k)),
    },
    { title: "Gradient by layer, 30 deep" },
  ),
  activations: plot.activations(
    Object.fromEntries(
      Array.from({ length: 8 }, (_, k) => [
        `layer ${k + 1}`,
        gaussian(k + 1, 500).map((z) => Math.tanh(z * 0.62 ** k)),
      ]),
    ),
    { title: "Activations shrink from layer to layer" },
  ),
  "gradient check": plot.gradientCheck({
    analytic: gaussian(3, 80).map((g, k) => (k % 27 === 0 ? 1.3 * g : g)),
    numeric: gaussian(3, 80),
    names: gaussian(3, 80).map((_, k) => `weights[${Math.floor(k / 8)}, ${k % 8}]`),
  }),
  roc: plot.roc(scored.labels, scored.scores),
  "precision and recall": plot.precisionRecall(scored.labels, scored.scores),
  calibration: plot.calibration(scored.labels, scored.probabilities),
  "confusion matrix": plot.matrix(
    [
      [50, 3, 2],
      [5, 41, 4],
      [1, 6, 48],
    ],
    { rows: ["cat", "dog", "fox"], title: "Confusion matrix" },
  ),
  race: plot.race(
    {
      "gradient descent": seededRuns(0.01, 5),
      momentum: seededRuns(0.03, 5),
      Adam: seededRuns(0.055, 5),
    },
    { title: "Five seeds each" },
  ),
  tuning: plot.tuning(
    { GD: finalLosses(0.02, 12), momentum: finalLosses(0.2, 12), Adam: finalLosses(2, 12) },
    {
      columns: Array.from({ length: 12 }, (_, k) => 10 ** (-4 + k / 2)),
      title: "Final loss by optimizer and learning rate",
    },
  ),
  stability: plot.stability(heavyBallRadius, {
    x: [0, 4.5],
    y: [0, 1.2],
    title: "Heavy ball: stable where blue",
  }),
  histogram: plot.histogram(
    { inliers: gaussian(5, 400), outliers: gaussian(6, 14).map((z) => 6 + z) },
    { x: "residual", mark: { 0: "zero" }, title: "Residuals with 14 outliers" },
  ),
  boundary: plot.boundary((x, y) => sigmoid(1.4 * x + 1.1 * y - 0.4 + 0.5 * x * y), blobs, {
    title: "Decision boundary",
  }),
  "boundary with margins": plot.boundary((x, y) => x + y - 0.2, blobs, {
    level: 0,
    margins: [-1, 1],
  }),
  graph: plot.graph(chain, { title: "L = (w · x + b − y)²" }),
  box: plot.box(
    {
      SGD: gaussian(1, 20).map((z) => 0.3 + 0.03 * z),
      Adam: gaussian(2, 20).map((z) => 0.25 + 0.03 * z),
      AdamW: gaussian(3, 20).map((z) => 0.2 + 0.03 * z),
    },
    { y: "final loss", title: "Final loss over 20 seeds" },
  ),
  fit: plot.fit(
    { x: [0, 1, 2, 3, 4, 5], y: [1.4, 2.6, 5.3, 6.8, 9.4, 10.6] },
    { "1.8x + 0.5": (x) => 1.8 * x + 0.5, "2x + 1": (x) => 2 * x + 1 },
    { title: "Residuals are what a loss sees" },
  ),
  influence: plot.influence({ "squared error": mse, "absolute error": mae, "Huber, δ = 1": huber }),
  simplex: plot.simplex(([cat]) => -Math.log(cat), {
    names: ["cat", "dog", "fox"],
    z: "cross-entropy",
    mark: { "a good guess": [0.8, 0.15, 0.05], "no idea": [1 / 3, 1 / 3, 1 / 3] },
    title: "Cross-entropy when it is a cat",
  }),
  subgradients: plot.subgradients((x) => Math.max(-0.5 * x, x), 0),
  strip: plot.strip([1, 2, 3, 4, 100], {
    mark: { mean: 22, median: 3 },
    title: "One outlier moves the mean",
  }),
};

function evenSteps<T>(count: number, of: (k: number) => T): T[] {
  return Array.from({ length: count }, (_, k) => of(k));
}

/** Fifty steps on a bowl with curvatures 16.7 and 0.3; Infinity when the run blew up. */
function sweepOf(momentum: number) {
  const rate = evenSteps(34, (k) => 10 ** (-4 + 0.13 * k));
  const loss = rate.map((each) => {
    const left = [16.7, 0.3].map((curvature) => {
      let [x, v] = [1, 0];
      for (let step = 0; step < 50; step++) {
        v = momentum * v - each * curvature * x;
        x += v;
      }
      return (curvature * x * x) / 2;
    });
    const sum = left[0]! + left[1]!;
    return sum < 1e6 ? sum : Infinity;
  });
  return { rate, loss };
}
