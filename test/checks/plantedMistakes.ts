import type { CauseKind } from "../../src/checks/index.ts";
import { random } from "../../src/engine/index.ts";

/** A batch for a linear model: inputs and one target each. */
export interface Data {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}

export interface Linear {
  readonly w: readonly number[];
  readonly b: number;
}

/** A right gradient and wrong ones, each with the causes that would be right to name. */
export interface Subject {
  readonly name: string;
  readonly f: (parameters: never, data: never) => number;
  readonly right: (parameters: never, data: never) => unknown;
  readonly parameters: unknown;
  readonly data?: unknown;
  readonly options?: object;
  readonly wrong: readonly (readonly [
    what: string,
    gradient: (parameters: never, data: never) => unknown,
    ...kinds: CauseKind[],
  ])[];
}

const draw = random(4);
const round = (value: number) => Math.round(value * 1000) / 1000;
const normals = (count: number) => Array.from(draw.normal([count]).data, round);
const n = 7;
const inputs = Array.from({ length: n }, () => normals(3));
const real: Data = { x: inputs, y: normals(n).map((v) => 2 * v) };
const binary: Data = { x: inputs, y: inputs.map((_, i) => i % 2) };
const signed: Data = { x: inputs, y: binary.y.map((v) => 2 * v - 1) };
const counts: Data = { x: inputs, y: [0, 2, 1, 3, 0, 1, 4] };
const start: Linear = { w: [0.5, -1.2, 0.8], b: 0.3 };

export const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((v, i) => v * b[i]!));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const output = ({ w, b }: Linear, x: readonly number[]) => dot(w, x) + b;

/** The mean over the samples of a loss of output and target. */
export const meanLoss =
  (loss: (z: number, y: number) => number) =>
  (p: Linear, { x, y }: Data) =>
    sum(x.map((row, i) => loss(output(p, row), y[i]!))) / x.length;

type Slope = (z: number, y: number) => number;

/** The gradient that follows from the slope by the output, with the ways to get the rest wrong. */
export const through =
  (slope: Slope, { scale = (count: number) => 1 / count, of = (all: Data) => all } = {}) =>
  (p: Linear, all: Data): Linear => {
    const { x, y } = of(all);
    const e = x.map((row, i) => slope(output(p, row), y[i]!) * scale(all.x.length));
    return { w: p.w.map((_, j) => sum(e.map((v, i) => v * x[i]![j]!))), b: sum(e) };
  };

const scaled =
  (factor: number, g: (p: Linear, data: Data) => Linear) =>
  (p: Linear, data: Data): Linear => {
    const { w, b } = g(p, data);
    return { w: w.map((v) => factor * v), b: factor * b };
  };

const some =
  (from: number, to?: number) =>
  ({ x, y }: Data) => ({ x: x.slice(from, to), y: y.slice(from, to) });

/** Mistakes that anyone can make with any loss of a linear model. */
function usual(slope: Slope): Subject["wrong"] {
  const right = through(slope);
  return [
    ["sign", scaled(-1, right), "sign"],
    ["twice", scaled(2, right), "factor"],
    ["half", scaled(0.5, right), "factor"],
    ["summed", through(slope, { scale: () => 1 }), "sum for mean"],
    ["divided twice", through(slope, { scale: (c) => 1 / (c * c) }), "divided twice"],
    ["bias forgotten", (p: Linear, d: Data) => ({ ...right(p, d), b: 0 }), "never set"],
    [
      "bias summed",
      (p: Linear, d: Data) => ({ ...right(p, d), b: right(p, d).b * d.x.length }),
      "sum for mean",
    ],
    ["last sample", through(slope, { of: some(-1) }), "one sample"],
    ["loop too short", through(slope, { of: some(0, -1) }), "part of the batch"],
    ["loop too late", through(slope, { of: some(1) }), "part of the batch"],
    [
      "w reversed",
      (p: Linear, d: Data) => ({ ...right(p, d), w: right(p, d).w.toReversed() }),
      "permuted",
    ],
    [
      "input missing",
      (p: Linear, d: Data) => ({ ...right(p, d), w: p.w.map(() => right(p, d).b) }),
      "missing factor",
    ],
    [
      "clipped",
      (p: Linear, d: Data) => ({
        w: right(p, d).w.map((v) => clip(v, 0.05)),
        b: clip(right(p, d).b, 0.05),
      }),
      "clipped",
    ],
    [
      "one weight forgotten",
      (p: Linear, d: Data) => ({
        ...right(p, d),
        w: right(p, d).w.map((v, j) => (j === 1 ? 0 : v)),
      }),
      "some entries",
    ],
    [
      "penalty that is not there",
      (p: Linear, d: Data) => ({
        ...right(p, d),
        w: right(p, d).w.map((v, j) => v + 0.2 * p.w[j]!),
      }),
      "regulariser",
    ],
  ] as unknown as Subject["wrong"];
}

const clip = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value));

type Named = readonly [what: string, slope: Slope, ...kinds: CauseKind[]];

function linear(
  name: string,
  loss: Slope,
  slope: Slope,
  data: Data,
  own: readonly Named[],
  common = false,
): Subject {
  const wrong = own.map(
    ([what, wrongSlope, ...kinds]) => [what, through(wrongSlope), ...kinds] as const,
  );
  return {
    name,
    f: meanLoss(loss) as Subject["f"],
    right: through(slope) as Subject["right"],
    parameters: start,
    data,
    wrong: [...(wrong as unknown as Subject["wrong"]), ...(common ? usual(slope) : [])],
  };
}

const square: Slope = (z, y) => (z - y) ** 2;
const bce: Slope = (z, y) => softplus(z) - y * z;
const huber: Slope = (z, y) => (Math.abs(z - y) <= 1 ? (z - y) ** 2 / 2 : Math.abs(z - y) - 0.5);
const hinge: Slope = (z, y) => Math.max(0, 1 - y * z);

const linearModels: readonly Subject[] = [
  linear(
    "squared error",
    square,
    (z, y) => 2 * (z - y),
    real,
    [
      ["|r| for r", (z, y) => 2 * Math.abs(z - y), "region"],
      ["target forgotten", (z) => 2 * z, "wrong factor"],
      ["target added", (z, y) => 2 * (z + y), "wrong factor"],
      ["square for its slope", (z, y) => (z - y) ** 2, "extra factor", "wrong factor"],
      ["sign of the residual", (z, y) => Math.sign(z - y), "wrong factor", "missing factor"],
    ],
    true,
  ),
  linear(
    "binary cross-entropy",
    bce,
    (z, y) => sigmoid(z) - y,
    binary,
    [
      ["extra σ′", (z, y) => (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)), "extra factor"],
      ["logit for probability", (z, y) => z - y, "wrong factor"],
      ["target forgotten", (z) => sigmoid(z), "region", "wrong factor"],
      ["log10", (z, y) => (sigmoid(z) - y) / Math.LN10, "factor"],
      ["only the positives", (z, y) => (y === 1 ? sigmoid(z) - 1 : 0), "region"],
    ],
    true,
  ),
  linear(
    "Brier score",
    (z, y) => (sigmoid(z) - y) ** 2,
    (z, y) => 2 * (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z),
    binary,
    [
      ["σ′ missing", (z, y) => 2 * (sigmoid(z) - y), "missing factor"],
      ["2 and σ′ missing", (z, y) => sigmoid(z) - y, "missing factor"],
      ["half", (z, y) => (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z), "factor"],
    ],
  ),
  linear(
    "Huber",
    huber,
    (z, y) => clip(z - y, 1),
    real,
    [
      ["never clipped", (z, y) => z - y, "region"],
      ["always linear", (z, y) => Math.sign(z - y), "region"],
      ["sign lost outside", (z, y) => (Math.abs(z - y) <= 1 ? z - y : 1), "region"],
      [
        "pieces exchanged",
        (z, y) => (Math.abs(z - y) > 1 ? z - y : Math.sign(z - y)),
        "wrong factor",
        "missing factor",
        "extra factor",
      ],
      ["twice inside", (z, y) => (Math.abs(z - y) <= 1 ? 2 * (z - y) : Math.sign(z - y)), "region"],
    ],
    true,
  ),
  linear(
    "absolute error",
    (z, y) => Math.abs(z - y),
    (z, y) => Math.sign(z - y),
    real,
    [
      ["sign forgotten", () => 1, "region"],
      ["residual for its sign", (z, y) => z - y, "extra factor", "wrong factor"],
      ["wrong sign", (z, y) => -Math.sign(z - y), "sign"],
    ],
  ),
  linear("hinge", hinge, (z, y) => (y * z < 1 ? -y : 0), signed, [
    ["mask forgotten", (_, y) => -y, "region"],
    [
      "mask reversed",
      (z, y) => (y * z < 1 ? 0 : -y),
      "wrong factor",
      "region",
      "part of the batch",
    ],
    ["mask at 0", (z, y) => (y * z < 0 ? -y : 0), "region"],
    ["y forgotten", (z, y) => (y * z < 1 ? -1 : 0), "region", "wrong factor"],
    ["sign", (z, y) => (y * z < 1 ? y : 0), "sign"],
  ]),
  linear(
    "squared hinge",
    (z, y) => hinge(z, y) ** 2,
    (z, y) => -2 * y * hinge(z, y),
    signed,
    [
      ["the y missing", (z, y) => -2 * hinge(z, y), "region", "missing factor", "wrong factor"],
      ["the 2 missing", (z, y) => -y * hinge(z, y), "factor"],
      ["mask forgotten", (z, y) => -2 * y * (1 - y * z), "region"],
      ["as hinge", (z, y) => (y * z < 1 ? -y : 0), "missing factor", "wrong factor"],
    ],
  ),
  linear(
    "log-cosh",
    (z, y) => Math.log(Math.cosh(z - y)),
    (z, y) => Math.tanh(z - y),
    real,
    [
      ["its slope once more", (z, y) => 1 - Math.tanh(z - y) ** 2, "wrong factor"],
      ["residual for tanh", (z, y) => z - y, "wrong factor"],
      ["sign", (z, y) => Math.tanh(y - z), "sign"],
    ],
  ),
  linear(
    "pinball",
    (z, y) => Math.max(0.9 * (y - z), 0.1 * (z - y)),
    (z, y) => (z < y ? -0.9 : 0.1),
    real,
    [
      ["quantiles exchanged", (z, y) => (z < y ? -0.1 : 0.9), "region", "wrong factor"],
      ["wrong sign above", (z, y) => (z < y ? -0.9 : -0.1), "region"],
      ["symmetric", (z, y) => (z < y ? -0.5 : 0.5), "wrong factor", "region"],
    ],
  ),
  linear(
    "Poisson",
    (z, y) => Math.exp(z) - y * z,
    (z, y) => Math.exp(z) - y,
    counts,
    [
      ["z for e^z", (z, y) => z - y, "wrong factor"],
      ["y forgotten", (z) => Math.exp(z), "wrong factor", "region"],
      ["sign", (z, y) => y - Math.exp(z), "sign"],
    ],
  ),
];

const lambda = 0.1;
const ridge = (p: Linear, d: Data) => meanLoss(square)(p, d) + lambda * dot(p.w, p.w);
const plain = through((z, y) => 2 * (z - y));
const withPenalty =
  (penalty: (w: number) => number, bias = 0) =>
  (p: Linear, d: Data) => {
    const { w, b } = plain(p, d);
    return { w: w.map((v, j) => v + penalty(p.w[j]!)), b: b + bias * p.b };
  };
const lasso = (p: Linear, d: Data) => meanLoss(square)(p, d) + lambda * sum(p.w.map(Math.abs));

const penalised: readonly Subject[] = [
  {
    name: "ridge",
    f: ridge as Subject["f"],
    right: withPenalty((w) => 2 * lambda * w) as Subject["right"],
    parameters: start,
    data: real,
    wrong: [
      ["penalty missing", plain, "regulariser"],
      ["penalty half", withPenalty((w) => lambda * w), "regulariser"],
      ["penalty doubled", withPenalty((w) => 4 * lambda * w), "regulariser"],
      ["penalty on the bias", withPenalty((w) => 2 * lambda * w, 2 * lambda), "regulariser"],
      ["penalty with the wrong sign", withPenalty((w) => -2 * lambda * w), "regulariser"],
    ] as unknown as Subject["wrong"],
  },
  {
    name: "lasso",
    f: lasso as Subject["f"],
    right: withPenalty((w) => lambda * Math.sign(w)) as Subject["right"],
    parameters: start,
    data: real,
    wrong: [
      ["penalty missing", plain, "regulariser"],
      ["penalty doubled", withPenalty((w) => 2 * lambda * Math.sign(w)), "regulariser"],
    ] as unknown as Subject["wrong"],
  },
];

interface Softmax {
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
}
const labels = [0, 1, 2, 0, 1, 2, 1];
const classes = { x: inputs.map((row) => row.slice(0, 3)), labels };
type Classes = typeof classes;
const softStart: Softmax = {
  W: [
    [0.2, -0.4, 0.9],
    [0.1, 0.7, -0.3],
    [-0.8, 0.5, 0.6],
  ],
  b: [0.1, -0.2, 0.3],
};
const softmax = (z: readonly number[]) => {
  const e = z.map((v) => Math.exp(v - Math.max(...z)));
  return e.map((v) => v / sum(e));
};
const logits = ({ W, b }: Softmax, x: readonly number[]) => W.map((row, c) => dot(row, x) + b[c]!);
const crossEntropy = (p: Softmax, { x, labels }: Classes) =>
  -sum(x.map((row, i) => Math.log(softmax(logits(p, row))[labels[i]!]!))) / x.length;
type ByLogits = (q: readonly number[], label: number, z: readonly number[]) => number[];
const softGradient =
  (by: ByLogits, { turned = false, factor = 1 } = {}) =>
  (p: Softmax, { x, labels }: Classes) => {
    const e = x.map((row, i) =>
      by(softmax(logits(p, row)), labels[i]!, logits(p, row)).map((v) => (factor * v) / x.length),
    );
    const W = p.W.map((row, c) =>
      row.map((_, j) => sum(x.map((r, i) => e[i]![turned ? j : c]! * r[turned ? c : j]!))),
    );
    return { W, b: p.b.map((_, c) => sum(e.map((v) => v[c]!))) };
  };
const minusTarget: ByLogits = (q, label) => q.map((v, c) => v - Number(c === label));

const softmaxModel: Subject = {
  name: "softmax cross-entropy",
  f: crossEntropy as Subject["f"],
  right: softGradient(minusTarget) as Subject["right"],
  parameters: softStart,
  data: classes,
  options: { classes: 3 },
  wrong: [
    ["target forgotten", softGradient((q) => [...q]), "missing target"],
    ["transposed", softGradient(minusTarget, { turned: true }), "transposed"],
    ["divided by the classes", softGradient(minusTarget, { factor: 1 / 3 }), "divided twice"],
    [
      "bias forgotten",
      (p: Softmax, d: Classes) => ({ ...softGradient(minusTarget)(p, d), b: [0, 0, 0] }),
      "never set",
    ],
    ["sign", softGradient((q, y) => minusTarget(q, y, []).map((v) => -v)), "sign"],
    ["summed", softGradient(minusTarget, { factor: 7 }), "sum for mean"],
    [
      "rows rotated",
      (p: Softmax, d: Classes) => {
        const g = softGradient(minusTarget)(p, d);
        return { ...g, W: [g.W[1], g.W[2], g.W[0]] };
      },
      "permuted",
    ],
    [
      "one class forgotten",
      (p: Softmax, d: Classes) => {
        const g = softGradient(minusTarget)(p, d);
        return { ...g, W: [g.W[0], g.W[1], [0, 0, 0]] };
      },
      "some entries",
    ],
  ] as unknown as Subject["wrong"],
};

interface Network {
  readonly W: readonly (readonly number[])[];
  readonly c: readonly number[];
  readonly v: readonly number[];
  readonly d: number;
}
const netStart: Network = {
  W: [
    [0.3, -0.5, 0.8],
    [1.1, 0.2, -0.7],
    [0.4, 0.9, 0.1],
    [-0.6, 0.5, 0.3],
  ],
  c: [0.1, -0.2, 0.05, 0.3],
  v: [0.7, -0.4, 0.9, 0.5],
  d: -0.1,
};
const hidden = ({ W, c }: Network, x: readonly number[]) =>
  W.map((row, k) => Math.tanh(dot(row, x) + c[k]!));
const netLoss = (p: Network, { x, y }: Data) =>
  sum(x.map((row, i) => (dot(p.v, hidden(p, row)) + p.d - y[i]!) ** 2)) / x.length;
const netGradient =
  ({
    inner = (h: number) => 1 - h * h,
    back = (v: number) => v,
    only = (k: number) => k >= 0,
  } = {}) =>
  (p: Network, { x, y }: Data) => {
    const W = p.W.map((row) => row.map(() => 0));
    const c = p.c.map(() => 0);
    const v = p.v.map(() => 0);
    let d = 0;
    x.forEach((row, i) => {
      const h = hidden(p, row);
      const e = (2 * (dot(p.v, h) + p.d - y[i]!)) / x.length;
      d += e;
      h.forEach((value, k) => {
        v[k]! += e * value;
        if (!only(k)) return;
        const through = e * back(p.v[k]!) * inner(value);
        c[k]! += through;
        row.forEach((input, j) => {
          W[k]![j]! += through * input;
        });
      });
    });
    return { W, c, v, d };
  };
const network: Subject = {
  name: "tanh network",
  f: netLoss as Subject["f"],
  right: netGradient() as Subject["right"],
  parameters: netStart,
  data: real,
  wrong: [
    [
      "tanh′ missing",
      netGradient({ inner: () => 1 }),
      "one group",
      "missing factor",
      "wrong factor",
    ],
    [
      "v missing",
      netGradient({ back: () => 1 }),
      "one group",
      "missing factor",
      "wrong factor",
      "some entries",
    ],
    ["one unit forgotten", netGradient({ only: (k) => k !== 2 }), "some entries"],
    [
      "c is never set",
      (p: Network, d: Data) => ({ ...netGradient()(p, d), c: [0, 0, 0, 0] }),
      "never set",
    ],
    [
      "c and v exchanged",
      (p: Network, d: Data) => {
        const g = netGradient()(p, d);
        return { ...g, c: g.v, v: g.c };
      },
      "swapped",
    ],
    [
      "a step instead",
      (p: Network, d: Data) => {
        const g = netGradient()(p, d);
        return {
          W: p.W.map((r, k) => r.map((w, j) => w - 0.1 * g.W[k]![j]!)),
          c: p.c.map((w, k) => w - 0.1 * g.c[k]!),
          v: p.v.map((w, k) => w - 0.1 * g.v[k]!),
          d: p.d - 0.1 * g.d,
        };
      },
      "a step",
    ],
    [
      "summed",
      (p: Network, d: Data) => {
        const g = netGradient()(p, d);
        const s = d.x.length;
        return {
          W: g.W.map((r) => r.map((w) => s * w)),
          c: g.c.map((w) => s * w),
          v: g.v.map((w) => s * w),
          d: s * g.d,
        };
      },
      "sum for mean",
    ],
  ] as unknown as Subject["wrong"],
};

/** Losses of the predictions themselves: one parameter for each sample. */
const predictions = [0.4, -1.3, 2.2, 0.9, -0.2, 3.1];
const targets = { target: [1, -2, 0.5, 0.7, 2, 3] };
type Targets = typeof targets;
const pointwise =
  (loss: Slope) =>
  (p: readonly number[], { target }: Targets) =>
    sum(p.map((v, i) => loss(v, target[i]!))) / p.length;
const slopes =
  (slope: Slope, scale = (count: number) => 1 / count) =>
  (p: readonly number[], { target }: Targets) =>
    p.map((v, i) => slope(v, target[i]!) * scale(p.length));

const elementwise: readonly Subject[] = [
  {
    name: "squared error of predictions",
    f: pointwise(square) as Subject["f"],
    right: slopes((p, t) => 2 * (p - t)) as Subject["right"],
    parameters: predictions,
    data: targets,
    wrong: [
      [
        "n forgotten",
        slopes(
          (p, t) => 2 * (p - t),
          () => 1,
        ),
        "sum for mean",
      ],
      ["2 forgotten", slopes((p, t) => p - t), "factor"],
      ["target − prediction", slopes((p, t) => 2 * (t - p)), "sign"],
      ["|r|", slopes((p, t) => 2 * Math.abs(p - t)), "absolute", "region"],
      ["target forgotten", slopes((p) => 2 * p), "wrong factor"],
      [
        "averaged",
        (p: readonly number[], t: Targets) => {
          const g = slopes((a, b) => 2 * (a - b))(p, t);
          return g.map(() => sum(g) / g.length);
        },
        "reduction",
      ],
    ] as unknown as Subject["wrong"],
  },
  {
    name: "absolute error of predictions",
    f: pointwise((p, t) => Math.abs(p - t)) as Subject["f"],
    right: slopes((p, t) => Math.sign(p - t)) as Subject["right"],
    parameters: predictions,
    data: targets,
    wrong: [
      ["always 1", slopes(() => 1), "region", "absolute"],
      [
        "n forgotten",
        slopes(
          (p, t) => Math.sign(p - t),
          () => 1,
        ),
        "sum for mean",
      ],
      ["residual", slopes((p, t) => p - t), "extra factor", "wrong factor"],
    ] as unknown as Subject["wrong"],
  },
  {
    name: "Huber of predictions",
    f: pointwise(huber) as Subject["f"],
    right: slopes((p, t) => clip(p - t, 1)) as Subject["right"],
    parameters: predictions,
    data: targets,
    wrong: [
      ["never clipped", slopes((p, t) => p - t), "region"],
      ["only the sign", slopes((p, t) => Math.sign(p - t)), "region"],
    ] as unknown as Subject["wrong"],
  },
];

const matrix = [
  [4, 1, 0.5],
  [1, 3, -1],
  [0.5, -1, 2],
];
const quadratic: Subject = {
  name: "quadratic form without data",
  f: ((p: readonly number[]) =>
    0.5 * sum(matrix.map((row, i) => p[i]! * dot(row, p)))) as Subject["f"],
  right: ((p: readonly number[]) => matrix.map((row) => dot(row, p))) as Subject["right"],
  parameters: [1.2, -0.7, 0.4],
  wrong: [
    ["twice", (p: readonly number[]) => matrix.map((row) => 2 * dot(row, p)), "factor"],
    ["the parameters", (p: readonly number[]) => [...p], "a step"],
    [
      "normalised",
      (p: readonly number[]) => {
        const g = matrix.map((row) => dot(row, p));
        return g.map((v) => v / Math.hypot(...g));
      },
      "clipped",
    ],
    ["signs", (p: readonly number[]) => matrix.map((row) => Math.sign(dot(row, p))), "signs only"],
    ["shifted", (p: readonly number[]) => [1, 2, 0].map((i) => dot(matrix[i]!, p)), "permuted"],
    ["zero", () => [0, 0, 0], "never set"],
  ] as unknown as Subject["wrong"],
};

export const subjects: readonly Subject[] = [
  ...linearModels,
  ...penalised,
  softmaxModel,
  network,
  ...elementwise,
  quadratic,
];
