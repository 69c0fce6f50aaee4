import { dot, mean, placeOnly, type Row, type Subject, subject, sum } from "./Subject.ts";

interface Sheet {
  readonly X: readonly Row[];
  readonly y: Row;
}

const X = [
  [0.7, -1.3, 2.1],
  [-0.4, 0.9, 0.3],
  [1.6, 0.2, -1.1],
  [-1.9, -0.6, 0.8],
  [0.3, 1.4, -0.5],
  [2.2, -0.8, 0.1],
  [-0.9, 0.5, 1.7],
  [1.1, 1.2, -0.2],
];
const y = [1.9, -0.7, 3.4, -2.6, 0.4, 5.2, -1.1, 2.3];
const sheet: Sheet = { X, y };

interface Line {
  readonly w: Row;
  readonly b: number;
}
const line: Line = { w: [0.9, -0.4, 1.3], b: -0.6 };
const says = (p: Line, x: Row) => dot(p.w, x) + p.b;

/** One pass over the samples, as a beginner writes it. */
function looped({ w }: Line, { X, y }: Sheet, slope: (i: number) => number, scale = 1 / y.length) {
  const gw = w.map(() => 0);
  let gb = 0;
  for (let i = 0; i < X.length; i++) {
    for (let j = 0; j < gw.length; j++) gw[j]! += slope(i) * X[i]![j]! * scale;
    gb += slope(i) * scale;
  }
  return { w: gw, b: gb };
}

const error =
  (p: Line, { X, y }: Sheet) =>
  (i: number) =>
    says(p, X[i]!) - y[i]!;
let running = { w: [0, 0, 0], b: 0 };

export const leastSquares = subject<Line, Sheet>({
  name: "least squares",
  f: (p, d) => mean(d.y.map((_, i) => error(p, d)(i) ** 2)),
  right: (p, d) => looped(p, d, (i) => 2 * error(p, d)(i)),
  parameters: line,
  options: { batch: sheet },
  wrong: [
    ["the 2 is missing", (p, d) => looped(p, d, error(p, d)), "factor"],
    ["the 2 twice", (p, d) => looped(p, d, (i) => 4 * error(p, d)(i)), "factor"],
    ["target minus prediction", (p, d) => looped(p, d, (i) => -2 * error(p, d)(i)), "sign"],
    ["a sum", (p, d) => looped(p, d, (i) => 2 * error(p, d)(i), 1), "sum for mean"],
    [
      "divided in the loop and after it",
      (p, d) => looped(p, d, (i) => 2 * error(p, d)(i), 1 / 64),
      "divided twice",
    ],
    [
      "divided by the number of features",
      (p, d) => looped(p, d, (i) => 2 * error(p, d)(i), 1 / 3),
      "factor",
    ],
    [
      "= instead of +=",
      (p, d) => {
        let w: number[] = [];
        let b = 0;
        for (let i = 0; i < d.y.length; i++) {
          w = d.X[i]!.map((x) => (2 * error(p, d)(i) * x) / d.y.length);
          b = (2 * error(p, d)(i)) / d.y.length;
        }
        return { w, b };
      },
      "one sample",
    ],
    [
      "= instead of += for w alone",
      (p, d) => {
        const right = looped(p, d, (i) => 2 * error(p, d)(i));
        return { ...right, w: d.X[7]!.map((x) => (2 * error(p, d)(7) * x) / 8) };
      },
      "one sample",
    ],
    [
      "return inside the loop",
      (p, d) => ({ w: d.X[0]!.map((x) => 2 * error(p, d)(0) * x), b: 2 * error(p, d)(0) }),
      "one sample",
    ],
    [
      "the loop ends one too early",
      (p, d) =>
        looped(p, { X: d.X.slice(0, -1), y: d.y.slice(0, -1) }, (i) => 2 * error(p, d)(i), 1 / 8),
      "part of the batch",
    ],
    [
      "the loop starts at 1",
      (p, d) => looped(p, d, (i) => (i ? 2 * error(p, d)(i) : 0)),
      "part of the batch",
    ],
    [
      "the first half alone",
      (p, d) => looped(p, d, (i) => (i < 4 ? 2 * error(p, d)(i) : 0), 1 / 4),
      "part of the batch",
    ],
    [
      "x is missing",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { w: [g.b, g.b, g.b], b: g.b };
      },
      "missing factor",
    ],
    [
      "x twice",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        const w = p.w.map((_, j) => mean(d.y.map((_, i) => 2 * error(p, d)(i) * d.X[i]![j]! ** 2)));
        return { ...g, w };
      },
      "extra factor",
      "wrong factor",
    ],
    [
      "b is never set",
      (p, d) => ({ ...looped(p, d, (i) => 2 * error(p, d)(i)), b: 0 }),
      "never set",
    ],
    [
      "b has the factor x",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { ...g, b: sum(g.w) };
      },
      "one group",
      "extra factor",
    ],
    [
      "b is summed, w is averaged",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { ...g, b: g.b * 8 };
      },
      "sum for mean",
    ],
    [
      "the target is forgotten",
      (p, d) => looped(p, d, (i) => 2 * says(p, d.X[i]!)),
      "missing target",
      "wrong factor",
    ],
    [
      "the prediction is forgotten",
      (p, d) => looped(p, d, (i) => -2 * d.y[i]!),
      "missing factor",
      "missing target",
      "wrong factor",
    ],
    [
      "the prediction lacks b",
      (p, d) => looped({ ...p, b: 0 }, d, (i) => 2 * error({ ...p, b: 0 }, d)(i)),
      "missing factor",
      "one group",
      "ignores",
    ],
    [
      "the size of the residual",
      (p, d) => looped(p, d, (i) => 2 * Math.abs(error(p, d)(i))),
      "absolute",
      "region",
    ],
    [
      "the gradient of the absolute error",
      (p, d) => looped(p, d, (i) => Math.sign(error(p, d)(i))),
      "wrong factor",
      "signs only",
      "missing factor",
    ],
    [
      "the square itself",
      (p, d) => looped(p, d, (i) => error(p, d)(i) ** 2),
      "wrong factor",
      "extra factor",
    ],
    [
      "positive residuals alone",
      (p, d) => looped(p, d, (i) => (error(p, d)(i) > 0 ? 2 * error(p, d)(i) : 0)),
      "region",
    ],
    [
      "each entry kept within ±0.5",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        const cut = (v: number) => Math.min(0.5, Math.max(-0.5, v));
        return { w: g.w.map(cut), b: cut(g.b) };
      },
      "clipped",
    ],
    [
      "scaled to length 1",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        const length = Math.hypot(...g.w, g.b);
        return { w: g.w.map((v) => v / length), b: g.b / length };
      },
      "clipped",
      "factor",
    ],
    [
      "signs of the gradient",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { w: g.w.map(Math.sign), b: Math.sign(g.b) };
      },
      "signs only",
    ],
    [
      "w from back to front",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { ...g, w: g.w.toReversed() };
      },
      "permuted",
    ],
    [
      "the step in place of the gradient",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { w: p.w.map((v, j) => v - 0.05 * g.w[j]!), b: p.b - 0.05 * g.b };
      },
      "a step",
    ],
    [
      "the move, with the learning rate in it",
      (p, d) => {
        const g = looped(p, d, (i) => -0.1 * 2 * error(p, d)(i));
        return g;
      },
      "factor",
      "a step",
    ],
    [
      "each call adds to the last",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        running = { w: running.w.map((v, j) => v + g.w[j]!), b: running.b + g.b };
        return running;
      },
      "accumulates",
    ],
    [
      "writes into the parameters",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        g.w.forEach((v, j) => {
          (p.w as number[])[j]! -= 0.1 * v;
        });
        return g;
      },
      "mutates",
    ],
    [
      "subtracts the prediction from y in place",
      (p, d) => {
        const r = d.y as number[];
        d.X.forEach((x, i) => {
          r[i]! -= says(p, x);
        });
        return looped(p, d, (i) => -2 * r[i]!);
      },
      "mutates",
    ],
    [
      "one list instead of w and b",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return [...g.w, g.b];
      },
      "missing",
      "not a gradient",
      "shape",
    ],
    [
      "the bias under another name",
      (p, d) => {
        const g = looped(p, d, (i) => 2 * error(p, d)(i));
        return { w: g.w, bias: g.b };
      },
      "missing",
      "extra",
    ],
    [
      "divided by what is 0",
      (p, d) => looped(p, d, (i) => 2 * error(p, d)(i), 1 / (d.y.length - 8)),
      "not finite",
    ],
    [
      "a call on the loss",
      (p, d) => mean(d.y.map((_, i) => error(p, d)(i) ** 2)),
      "missing",
      "not a gradient",
    ],
  ],
});

const lambda = 0.35;
const penalised = (penalty: (w: Row) => Row) => (p: Line, d: Sheet) => {
  const g = looped(p, d, (i) => 2 * error(p, d)(i));
  const more = penalty(p.w);
  return { w: g.w.map((v, j) => v + more[j]!), b: g.b };
};

export const ridge = subject<Line, Sheet>({
  name: "ridge",
  f: (p, d) => mean(d.y.map((_, i) => error(p, d)(i) ** 2)) + lambda * sum(p.w.map((v) => v * v)),
  right: penalised((w) => w.map((v) => 2 * lambda * v)),
  parameters: line,
  options: { batch: sheet },
  wrong: [
    ["no penalty", penalised((w) => w.map(() => 0)), "regulariser"],
    ["half of the penalty", penalised((w) => w.map((v) => lambda * v)), "regulariser"],
    ["the penalty twice", penalised((w) => w.map((v) => 4 * lambda * v)), "regulariser"],
    ["the penalty subtracted", penalised((w) => w.map((v) => -2 * lambda * v)), "regulariser"],
    ["the penalty over n", penalised((w) => w.map((v) => (2 * lambda * v) / 8)), "regulariser"],
    [
      "the penalty without w",
      penalised((w) => w.map(() => 2 * lambda)),
      ...placeOnly,
      "regulariser",
    ],
    [
      "the penalty of lasso",
      penalised((w) => w.map((v) => lambda * Math.sign(v))),
      "regulariser",
      ...placeOnly,
    ],
    [
      "b is shrunk as well",
      (p, d) => {
        const g = penalised((w) => w.map((v) => 2 * lambda * v))(p, d);
        return { ...g, b: g.b + 2 * lambda * p.b };
      },
      "regulariser",
    ],
    [
      "the penalty for the first weight alone",
      penalised((w) => w.map((v, j) => (j === 0 ? 2 * lambda * v : 0))),
      "regulariser",
      "some entries",
    ],
    [
      "the penalty alone",
      (p) => ({ w: p.w.map((v) => 2 * lambda * v), b: 0 }),
      "missing factor",
      "regulariser",
      "one group",
    ],
  ],
});

export const lasso = subject<Row>({
  name: "lasso, data kept outside",
  f: (w) => mean(y.map((t, i) => (dot(w, X[i]!) - t) ** 2)) / 2 + 0.2 * sum(w.map(Math.abs)),
  right: (w) =>
    w.map((v, j) => mean(y.map((t, i) => (dot(w, X[i]!) - t) * X[i]![j]!)) + 0.2 * Math.sign(v)),
  parameters: line.w,
  wrong: [
    [
      "no penalty",
      (w) => w.map((_, j) => mean(y.map((t, i) => (dot(w, X[i]!) - t) * X[i]![j]!))),
      "regulariser",
    ],
    [
      "|w| for its sign",
      (w) =>
        w.map((v, j) => mean(y.map((t, i) => (dot(w, X[i]!) - t) * X[i]![j]!)) + 0.2 * Math.abs(v)),
      "regulariser",
      ...placeOnly,
    ],
    [
      "the penalty twice",
      (w) =>
        w.map(
          (v, j) => mean(y.map((t, i) => (dot(w, X[i]!) - t) * X[i]![j]!)) + 0.4 * Math.sign(v),
        ),
      "regulariser",
    ],
  ],
});

/** One flat list: three weights, then the bias; the data stay outside. */
const flat = (slope: (r: number) => number) => (p: Row) => {
  const r = y.map((t, i) => dot(p.slice(0, 3), X[i]!) + p[3]! - t);
  const g = [0, 0, 0, 0];
  r.forEach((v, i) => {
    for (let j = 0; j < 3; j++) g[j]! += (slope(v) * X[i]![j]!) / r.length;
    g[3]! += slope(v) / r.length;
  });
  return g;
};
const flatLoss = (loss: (r: number) => number) => (p: Row) =>
  mean(y.map((t, i) => loss(dot(p.slice(0, 3), X[i]!) + p[3]! - t)));
const flatStart = [0.9, -0.4, 1.3, -0.6];
const square = flat((r) => r);
let calls = 0;

export const flatSquares = subject<Row>({
  name: "half the squared error, one flat list, no batch",
  f: flatLoss((r) => r * r * 0.5),
  right: square,
  parameters: flatStart,
  wrong: [
    ["a 2 too many", flat((r) => 2 * r), "factor"],
    ["upside down", (p) => square(p).map((v) => -v), "sign"],
    ["a sum", (p) => square(p).map((v) => 8 * v), "factor", "sum for mean"],
    ["the bias first", (p) => [square(p)[3]!, ...square(p).slice(0, 3)], "permuted"],
    [
      "two entries exchanged",
      (p) => [square(p)[1]!, square(p)[0]!, square(p)[2]!, square(p)[3]!],
      "swapped",
      "permuted",
    ],
    ["the last entry left at 0", (p) => [...square(p).slice(0, 3), 0], "never set", "some entries"],
    [
      "the second entry has the other sign",
      (p) => square(p).map((v, i) => (i === 1 ? -v : v)),
      "sign",
      "some entries",
    ],
    [
      "one entry doubled",
      (p) => square(p).map((v, i) => (i === 2 ? 2 * v : v)),
      "factor",
      "some entries",
    ],
    ["three entries of four", (p) => square(p).slice(0, 3), "shape"],
    ["a tenth of a percent too much", (p) => square(p).map((v) => 1.001 * v), "factor"],
    ["cut at 1", (p) => square(p).map((v) => Math.min(v, 0.6)), "clipped"],
    [
      "random noise in it",
      (p) => square(p).map((v) => v + 1e-3 * Math.sin(calls++)),
      "not deterministic",
    ],
    [
      "kept from the start",
      (() => {
        const kept = square(flatStart);
        return () => kept.map((v) => v * 1.2);
      })(),
      "factor",
      "ignores",
    ],
    ["text for numbers", (p) => square(p).map(String), "not numbers", "not a gradient"],
    ["nothing returned", () => undefined, "not a gradient", "missing"],
    [
      "an unknown name in it",
      () => {
        throw new ReferenceError("lr is not defined");
      },
      "throws",
    ],
  ],
});

const delta = 1;
const huber = (r: number) =>
  Math.abs(r) <= delta ? 0.5 * r * r : delta * (Math.abs(r) - 0.5 * delta);
const cut = (r: number) => Math.max(-delta, Math.min(delta, r));
const regions = {
  "|r| > δ": (p: Line, d: Sheet) => d.y.map((_, i) => Math.abs(error(p, d)(i)) > delta),
};

export const huberLine = subject<Line, Sheet>({
  name: "Huber",
  f: (p, d) => mean(d.y.map((_, i) => huber(error(p, d)(i)))),
  right: (p, d) => looped(p, d, (i) => cut(error(p, d)(i))),
  parameters: line,
  options: { batch: sheet, regions },
  wrong: [
    ["no cut", (p, d) => looped(p, d, error(p, d)), "region"],
    [
      "the sign everywhere",
      (p, d) => looped(p, d, (i) => delta * Math.sign(error(p, d)(i))),
      "region",
    ],
    [
      "δ without its sign",
      (p, d) =>
        looped(p, d, (i) => {
          const r = error(p, d)(i);
          return Math.abs(r) <= delta ? r : delta;
        }),
      "region",
      "absolute",
    ],
    [
      "the two cases exchanged",
      (p, d) =>
        looped(p, d, (i) => {
          const r = error(p, d)(i);
          return Math.abs(r) > delta ? r : Math.sign(r);
        }),
      "wrong factor",
      "region",
    ],
    [
      "0 outside",
      (p, d) =>
        looped(p, d, (i) => {
          const r = error(p, d)(i);
          return Math.abs(r) > delta ? 0 : r;
        }),
      "region",
    ],
  ],
});

export const huberPlain = subject<Line, Sheet>({
  name: "Huber, nothing said about regions",
  f: (p, d) => mean(d.y.map((_, i) => huber(error(p, d)(i)))),
  right: (p, d) => looped(p, d, (i) => cut(error(p, d)(i))),
  parameters: line,
  options: { batch: sheet },
  wrong: [
    ["no cut", (p, d) => looped(p, d, error(p, d)), "region", "part of the batch"],
    [
      "the gradient cut, not the residual",
      (p, d) => {
        const g = looped(p, d, error(p, d));
        return { w: g.w.map(cut), b: cut(g.b) };
      },
      "clipped",
      ...placeOnly,
      "region",
    ],
  ],
});

export const absolute = subject<Line, readonly [readonly Row[], Row]>({
  name: "absolute error, data as a pair",
  f: (p, [X, y]) => mean(y.map((t, i) => Math.abs(says(p, X[i]!) - t))),
  right: (p, [X, y]) => looped(p, { X, y }, (i) => Math.sign(says(p, X[i]!) - y[i]!)),
  parameters: line,
  options: { batch: [X, y] },
  wrong: [
    [
      "the residual for its sign",
      (p, [X, y]) => looped(p, { X, y }, (i) => says(p, X[i]!) - y[i]!),
      "extra factor",
      "wrong factor",
    ],
    [
      "the sign the wrong way round",
      (p, [X, y]) => looped(p, { X, y }, (i) => Math.sign(y[i]! - says(p, X[i]!))),
      "sign",
    ],
    [
      "1 for the sign",
      (p, [X, y]) => looped(p, { X, y }, () => 1),
      "absolute",
      "region",
      "missing target",
    ],
    [
      "negative residuals give 0",
      (p, [X, y]) => looped(p, { X, y }, (i) => Number(says(p, X[i]!) > y[i]!)),
      "region",
    ],
  ],
});

export const logCosh = subject<Line, Sheet>({
  name: "log-cosh",
  f: (p, d) => sum(d.y.map((_, i) => Math.log(Math.cosh(error(p, d)(i))))),
  right: (p, d) => looped(p, d, (i) => Math.tanh(error(p, d)(i)), 1),
  parameters: line,
  options: { batch: sheet },
  wrong: [
    [
      "the residual without tanh",
      (p, d) => looped(p, d, error(p, d), 1),
      "wrong factor",
      "missing factor",
      "extra factor",
      "region",
    ],
    [
      "a mean for the sum",
      (p, d) => looped(p, d, (i) => Math.tanh(error(p, d)(i))),
      "reduction",
      "divided twice",
      "factor",
    ],
    [
      "tanh of the prediction",
      (p, d) => looped(p, d, (i) => Math.tanh(says(p, d.X[i]!)), 1),
      "missing target",
    ],
    [
      "1/cosh left out: sinh",
      (p, d) => looped(p, d, (i) => Math.sinh(error(p, d)(i)), 1),
      "wrong factor",
      "missing factor",
      "extra factor",
    ],
  ],
});

const tau = 0.8;
export const quantile = subject<Line, Sheet>({
  name: "quantile",
  f: (p, d) => mean(d.y.map((_, i) => Math.max(-tau * error(p, d)(i), (1 - tau) * error(p, d)(i)))),
  right: (p, d) => looped(p, d, (i) => (error(p, d)(i) > 0 ? 1 - tau : -tau)),
  parameters: line,
  options: { batch: sheet },
  wrong: [
    [
      "τ and 1 − τ exchanged",
      (p, d) => looped(p, d, (i) => (error(p, d)(i) > 0 ? tau : tau - 1)),
      "wrong factor",
      "region",
    ],
    [
      "both sides positive",
      (p, d) => looped(p, d, (i) => (error(p, d)(i) > 0 ? 1 - tau : tau)),
      "region",
      "absolute",
    ],
    [
      "under-prediction forgotten",
      (p, d) => looped(p, d, (i) => (error(p, d)(i) > 0 ? 1 - tau : 0)),
      "region",
    ],
  ],
});

const counts = [2, 0, 5, 0, 1, 7, 0, 3];
export const poisson = subject<Line, Sheet>({
  name: "Poisson",
  f: (p, d) => mean(d.y.map((k, i) => Math.exp(says(p, d.X[i]!)) - k * says(p, d.X[i]!))),
  right: (p, d) => looped(p, d, (i) => Math.exp(says(p, d.X[i]!)) - d.y[i]!),
  parameters: { w: [0.5, -0.3, 0.2], b: 0.4 },
  options: { batch: { X, y: counts } },
  wrong: [
    [
      "exp is forgotten",
      (p, d) => looped(p, d, (i) => says(p, d.X[i]!) - d.y[i]!),
      "wrong factor",
      "missing factor",
    ],
    [
      "the count is forgotten",
      (p, d) => looped(p, d, (i) => Math.exp(says(p, d.X[i]!))),
      "missing target",
    ],
    [
      "1 for the rate",
      (p, d) => looped(p, d, (i) => 1 - d.y[i]!),
      "wrong factor",
      "missing factor",
      "ignores",
    ],
    [
      "the count too is multiplied by the rate",
      (p, d) => looped(p, d, (i) => Math.exp(says(p, d.X[i]!)) * (1 - d.y[i]!)),
      "wrong factor",
      "extra factor",
      "region",
    ],
  ],
});

export const gaussian = subject<{ readonly mu: number; readonly logSigma: number }, Row>({
  name: "Gaussian likelihood of a list",
  f: ({ mu, logSigma }, x) =>
    mean(x.map((v) => logSigma + 0.5 * ((v - mu) / Math.exp(logSigma)) ** 2)),
  right: ({ mu, logSigma }, x) => ({
    mu: mean(x.map((v) => (mu - v) / Math.exp(2 * logSigma))),
    logSigma: mean(x.map((v) => 1 - ((v - mu) / Math.exp(logSigma)) ** 2)),
  }),
  parameters: { mu: 0.4, logSigma: -0.3 },
  options: { batch: y },
  wrong: [
    [
      "1/σ² missing for the mean",
      ({ mu, logSigma }, x) => ({
        mu: mean(x.map((v) => mu - v)),
        logSigma: mean(x.map((v) => 1 - ((v - mu) / Math.exp(logSigma)) ** 2)),
      }),
      "factor",
    ],
    [
      "the 1 is missing",
      ({ mu, logSigma }, x) => ({
        mu: mean(x.map((v) => (mu - v) / Math.exp(2 * logSigma))),
        logSigma: mean(x.map((v) => -(((v - mu) / Math.exp(logSigma)) ** 2))),
      }),
      ...placeOnly,
      "factor",
      "constant part",
    ],
    [
      "by σ, not by its logarithm",
      ({ mu, logSigma }, x) => ({
        mu: mean(x.map((v) => (mu - v) / Math.exp(2 * logSigma))),
        logSigma: mean(x.map((v) => 1 - ((v - mu) / Math.exp(logSigma)) ** 2)) / Math.exp(logSigma),
      }),
      "factor",
      "missing factor",
    ],
    [
      "the two exchanged",
      ({ mu, logSigma }, x) => ({
        logSigma: mean(x.map((v) => (mu - v) / Math.exp(2 * logSigma))),
        mu: mean(x.map((v) => 1 - ((v - mu) / Math.exp(logSigma)) ** 2)),
      }),
      "swapped",
      "permuted",
    ],
    [
      "only the first measurement",
      ({ mu, logSigma }, x) => ({
        mu: (mu - x[0]!) / Math.exp(2 * logSigma),
        logSigma: 1 - ((x[0]! - mu) / Math.exp(logSigma)) ** 2,
      }),
      "one sample",
    ],
  ],
});

export const regressions: readonly Subject[] = [
  leastSquares,
  ridge,
  lasso,
  flatSquares,
  huberLine,
  huberPlain,
  absolute,
  logCosh,
  quantile,
  poisson,
  gaussian,
];
