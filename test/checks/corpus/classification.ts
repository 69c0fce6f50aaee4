import {
  logSoftmax,
  matmul,
  sigmoid as sigmoidOf,
  type Tensor,
  tensor,
} from "../../../src/index.ts";
import {
  addedRows,
  behaviour,
  dot,
  type Matrix,
  mean,
  oneHot,
  outer,
  placeOnly,
  type Row,
  type Subject,
  sigmoid,
  softmax,
  softplus,
  subject,
  sum,
} from "./Subject.ts";

interface Sample {
  readonly x: Row;
  readonly label: number;
}
const points = [
  [0.4, 1.5],
  [-1.2, 0.3],
  [2.1, -0.7],
  [0.9, 0.8],
  [-0.5, -1.6],
  [1.3, 2.2],
];
const zeroOne = [1, 0, 1, 0, 0, 1];
const samples: readonly Sample[] = points.map((x, i) => ({ x, label: zeroOne[i]! }));
const signed: readonly Sample[] = samples.map(({ x, label }) => ({ x, label: 2 * label - 1 }));

interface Plane {
  readonly weights: Row;
  readonly bias: number;
}
const plane: Plane = { weights: [0.7, -0.5], bias: 0.2 };
const score = (p: Plane, x: Row) => dot(p.weights, x) + p.bias;

const through =
  (slope: (z: number, label: number) => number, scale = (n: number) => 1 / n) =>
  (p: Plane, all: readonly Sample[]) => {
    const e = all.map(({ x, label }) => slope(score(p, x), label) * scale(all.length));
    return { weights: addedRows(all.map(({ x }, i) => x.map((v) => v * e[i]!))), bias: sum(e) };
  };
const meanOf = (loss: (z: number, label: number) => number) => (p: Plane, all: readonly Sample[]) =>
  mean(all.map(({ x, label }) => loss(score(p, x), label)));

export const logistic = subject<Plane, readonly Sample[]>({
  name: "logistic regression, samples as records",
  f: meanOf((z, label) => softplus(z) - label * z),
  right: through((z, label) => sigmoid(z) - label),
  parameters: plane,
  options: { batch: samples },
  wrong: [
    [
      "σ′ too many",
      through((z, t) => (sigmoid(z) - t) * sigmoid(z) * (1 - sigmoid(z))),
      "extra factor",
    ],
    ["the score instead of its σ", through((z, t) => z - t), "wrong factor", "missing factor"],
    ["the label is missing", through((z) => sigmoid(z)), "missing target"],
    ["label minus probability", through((z, t) => t - sigmoid(z)), "sign"],
    ["logarithm to base 10", through((z, t) => (sigmoid(z) - t) / Math.LN10), "factor"],
    ["logarithm to base 2", through((z, t) => (sigmoid(z) - t) / Math.LN2), "factor"],
    [
      "the class decided first",
      through((z, t) => Number(sigmoid(z) > 0.5) - t),
      "wrong factor",
      "region",
      "missing factor",
      "part of the batch",
    ],
    [
      "the first term alone",
      through((z, t) => (t ? sigmoid(z) - 1 : 0)),
      "region",
      "part of the batch",
    ],
    [
      "the second term with the wrong sign",
      through((z, t) => (t ? sigmoid(z) - 1 : -sigmoid(z))),
      "region",
      "absolute",
    ],
    [
      "a sum",
      through(
        (z, t) => sigmoid(z) - t,
        () => 1,
      ),
      "sum for mean",
    ],
    [
      "labels ±1 expected",
      through((z, t) => sigmoid(z) - (2 * t - 1)),
      "missing target",
      "wrong factor",
      "region",
      "part of the batch",
    ],
    [
      "1/p for 1/p·p′",
      through((z, t) => (t ? -1 / sigmoid(z) : 1 / (1 - sigmoid(z)))),
      "missing factor",
      "wrong factor",
    ],
    [
      "positives counted twice",
      through((z, t) => (sigmoid(z) - t) * (t ? 2 : 1)),
      "region",
      "part of the batch",
    ],
  ],
});

interface Columns {
  readonly x: Tensor;
  readonly y: Tensor;
}
interface Weights {
  readonly w: Tensor;
  readonly b: Tensor;
}
const columns: Columns = { x: tensor(points), y: tensor(zeroOne) };
const z = ({ w, b }: Weights, x: Tensor) => matmul(x, w).add(b);
const back = (e: Tensor, x: Tensor) => ({ w: matmul(x.transpose(), e), b: e.sum() });

export const brier = subject<Weights, Columns>({
  name: "squared error of a probability, in tensors",
  f: (p, { x, y }) => sigmoidOf(z(p, x)).sub(y).square().mean(),
  right: (p, { x, y }) => {
    const q = sigmoidOf(z(p, x));
    return back(
      q
        .sub(y)
        .mul(q)
        .mul(q.neg().add(1))
        .mul(2 / 6),
      x,
    );
  },
  parameters: { w: tensor([0.7, -0.5]), b: tensor(0.2) },
  options: { batch: columns },
  wrong: [
    [
      "σ′ is missing",
      (p, { x, y }) =>
        back(
          sigmoidOf(z(p, x))
            .sub(y)
            .mul(2 / 6),
          x,
        ),
      "missing factor",
    ],
    [
      "σ for σ′",
      (p, { x, y }) => {
        const q = sigmoidOf(z(p, x));
        return back(
          q
            .sub(y)
            .mul(q)
            .mul(2 / 6),
          x,
        );
      },
      "missing factor",
      "wrong factor",
    ],
    [
      "z(1 − z) for σ(1 − σ)",
      (p, { x, y }) => {
        const s = z(p, x);
        return back(
          sigmoidOf(s)
            .sub(y)
            .mul(s)
            .mul(s.neg().add(1))
            .mul(2 / 6),
          x,
        );
      },
      "wrong factor",
      "missing factor",
    ],
    [
      "the 2 is missing",
      (p, { x, y }) => {
        const q = sigmoidOf(z(p, x));
        return back(
          q
            .sub(y)
            .mul(q)
            .mul(q.neg().add(1))
            .mul(1 / 6),
          x,
        );
      },
      "factor",
    ],
    [
      "the bias averages what is averaged",
      (p, { x, y }) => {
        const q = sigmoidOf(z(p, x));
        const g = back(
          q
            .sub(y)
            .mul(q)
            .mul(q.neg().add(1))
            .mul(2 / 6),
          x,
        );
        return { ...g, b: g.b.div(6) };
      },
      "divided twice",
    ],
  ],
});

export const margins = subject<Plane, readonly Sample[]>({
  name: "log(1 + exp(−y·z)), labels ±1",
  f: meanOf((z, t) => softplus(-t * z)),
  right: through((z, t) => -t * sigmoid(-t * z)),
  parameters: plane,
  options: { batch: signed },
  wrong: [
    ["y is missing", through((z, t) => -sigmoid(-t * z)), "missing factor", "region", "absolute"],
    ["the minus is missing", through((z, t) => t * sigmoid(-t * z)), "sign"],
    ["σ(y·z) for σ(−y·z)", through((z, t) => -t * sigmoid(t * z)), "wrong factor"],
    [
      "y times too many",
      through((z, t) => -t * t * sigmoid(-t * z)),
      "missing factor",
      "region",
      "extra factor",
      "absolute",
    ],
    ["σ left out", through((_, t) => -t), "missing factor", "wrong factor"],
  ],
});

export const hinge = subject<Plane, readonly Sample[]>({
  name: "hinge",
  f: meanOf((z, t) => Math.max(0, 1 - t * z)),
  right: through((z, t) => (t * z < 1 ? -t : 0)),
  parameters: plane,
  options: { batch: signed },
  wrong: [
    ["every sample pulls", through((_, t) => -t), "region"],
    [
      "those with the margin met pull",
      through((z, t) => (t * z < 1 ? 0 : -t)),
      "wrong factor",
      "region",
    ],
    [
      "y is missing",
      through((z, t) => (t * z < 1 ? -1 : 0)),
      "region",
      "missing factor",
      "absolute",
    ],
    [
      "only the misclassified pull",
      through((z, t) => (t * z < 0 ? -t : 0)),
      "region",
      "part of the batch",
    ],
    [
      "z is compared in place of y·z",
      through((z, t) => (z < 1 ? -t : 0)),
      "region",
      "part of the batch",
    ],
    ["y the wrong way round", through((z, t) => (t * z < 1 ? t : 0)), "sign"],
  ],
});

export const squaredHinge = subject<Plane, readonly Sample[]>({
  name: "squared hinge",
  f: meanOf((z, t) => Math.max(0, 1 - t * z) ** 2),
  right: through((z, t) => -2 * t * Math.max(0, 1 - t * z)),
  parameters: plane,
  options: { batch: signed },
  wrong: [
    ["the 2 is missing", through((z, t) => -t * Math.max(0, 1 - t * z)), "factor"],
    [
      "the outer derivative is missing",
      through((z, t) => (t * z < 1 ? -t : 0)),
      "missing factor",
      "wrong factor",
    ],
    ["the max is missing", through((z, t) => -2 * t * (1 - t * z)), "region"],
    [
      "the inner derivative −y is missing",
      through((z, t) => 2 * Math.max(0, 1 - t * z)),
      "missing factor",
      "region",
      "absolute",
    ],
  ],
});

export const exponentialLoss = subject<Plane, readonly Sample[]>({
  name: "exp(−y·z)",
  f: meanOf((z, t) => Math.exp(-t * z)),
  right: through((z, t) => -t * Math.exp(-t * z)),
  parameters: plane,
  options: { batch: signed },
  wrong: [
    ["−y is missing", through((z, t) => Math.exp(-t * z)), "missing factor", "region", "absolute"],
    ["exp(+y·z)", through((z, t) => -t * Math.exp(t * z)), "wrong factor"],
  ],
});

const gamma = 2;
const focalLoss = (z: number, t: number) => {
  const p = t ? sigmoid(z) : 1 - sigmoid(z);
  return -((1 - p) ** gamma) * Math.log(p);
};
const focalSlope = (z: number, t: number) => {
  const p = t ? sigmoid(z) : 1 - sigmoid(z);
  return (t ? 1 : -1) * (gamma * (1 - p) ** gamma * p * Math.log(p) - (1 - p) ** (gamma + 1));
};
export const focal = subject<Plane, readonly Sample[]>({
  name: "focal loss",
  f: meanOf(focalLoss),
  right: through(focalSlope),
  parameters: plane,
  options: { batch: samples },
  wrong: [
    [
      "the focusing factor treated as a constant",
      through((z, t) => {
        const p = t ? sigmoid(z) : 1 - sigmoid(z);
        return (sigmoid(z) - t) * (1 - p) ** gamma;
      }),
      "missing factor",
      "wrong factor",
    ],
    [
      "the gradient of cross-entropy",
      through((z, t) => sigmoid(z) - t),
      "extra factor",
      "wrong factor",
      "missing factor",
    ],
    [
      "the focusing factor the wrong way round",
      through((z, t) => {
        const p = t ? sigmoid(z) : 1 - sigmoid(z);
        return (sigmoid(z) - t) * p ** gamma;
      }),
      "wrong factor",
    ],
    [
      "negatives with the sign of positives",
      through((z, t) => (t ? 1 : -1) * focalSlope(z, t)),
      "region",
      "absolute",
    ],
  ],
});

const C = 3;
const classes = [0, 2, 1, 1, 0, 2];
interface Softmax {
  readonly W: Matrix;
  readonly b: Row;
}
interface Labelled {
  readonly X: readonly Row[];
  readonly y: Row;
}
const corner: Softmax = {
  W: [
    [0.3, -0.8, 0.5],
    [1.1, 0.4, -0.6],
  ],
  b: [0.1, -0.2, 0.3],
};
const scores = ({ W, b }: Softmax, x: Row) =>
  b.map((v, k) => v + sum(x.map((u, j) => u * W[j]![k]!)));
const softmaxGrad =
  (slope: (s: Row, label: number, i: number, all: readonly Row[]) => Row, scale = 1 / 6) =>
  (p: Softmax, { X, y }: Labelled) => {
    const all = X.map((x) => scores(p, x));
    const e = all.map((s, i) => slope(s, y[i]!, i, all).map((v) => v * scale));
    const parts = X.map((x, i) => outer(x, e[i]!));
    return {
      W: p.W.map((row, j) => row.map((_, k) => sum(parts.map((m) => m[j]![k]!)))),
      b: addedRows(e),
    };
  };
const surprise = (s: Row, label: number) => -Math.log(softmax(s)[label]!);
const minus = (a: Row, b: Row) => a.map((v, i) => v - b[i]!);
const toProbability = (s: Row, label: number) => minus(softmax(s), oneHot(label, C));

export const softmaxRegression = subject<Softmax, Labelled>({
  name: "softmax regression",
  f: (p, { X, y }) => mean(X.map((x, i) => surprise(scores(p, x), y[i]!))),
  right: softmaxGrad(toProbability),
  parameters: corner,
  options: { batch: { X: points, y: classes } },
  wrong: [
    ["the one-hot target is missing", softmaxGrad((s) => softmax(s)), "missing target"],
    ["raw logits", softmaxGrad((s, t) => minus(s, oneHot(t, C))), "wrong factor", "missing factor"],
    [
      "exp without dividing by the sum",
      softmaxGrad((s, t) => minus(s.map(Math.exp), oneHot(t, C))),
      "wrong factor",
      "missing factor",
    ],
    [
      "σ of each score for softmax",
      softmaxGrad((s, t) => minus(s.map(sigmoid), oneHot(t, C))),
      "wrong factor",
      "missing factor",
    ],
    [
      "softmax over the samples",
      softmaxGrad((s, t, i, all) =>
        minus(
          s.map((_, k) => softmax(all.map((r) => r[k]!))[i]!),
          oneHot(t, C),
        ),
      ),
      "wrong factor",
      ...placeOnly,
      "ignores",
    ],
    [
      "labels counted from 1",
      softmaxGrad((s, t) => minus(softmax(s), oneHot(t - 1, C))),
      "missing target",
      "wrong factor",
      "permuted",
    ],
    [
      "the true class alone",
      softmaxGrad((s, t) => oneHot(t, C).map((v, k) => v * (softmax(s)[k]! - 1))),
      "region",
      "missing factor",
      "wrong factor",
    ],
    [
      "the other classes alone",
      softmaxGrad((s, t) => softmax(s).map((v, k) => (k === t ? 0 : v))),
      "region",
      "missing factor",
      "missing target",
      "wrong factor",
    ],
    ["divided by C too", softmaxGrad(toProbability, 1 / 18), "factor", "divided twice"],
    ["divided by C, not by n", softmaxGrad(toProbability, 1 / 3), "factor"],
    [
      "W with rows and columns exchanged",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        return { ...g, W: g.W[0]!.map((_, k) => g.W.map((row) => row[k]!)) };
      },
      "transposed shape",
      "transposed",
    ],
    [
      "filled column by column",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        const list = g.W[0]!.flatMap((_, k) => g.W.map((row) => row[k]!));
        return { ...g, W: [list.slice(0, 3), list.slice(3)] };
      },
      "transposed",
      "permuted",
    ],
    [
      "the classes from back to front",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        return { W: g.W.map((row) => row.toReversed()), b: g.b.toReversed() };
      },
      "permuted",
    ],
    [
      "b is a row",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        return { ...g, b: [g.b] };
      },
      "shape",
    ],
    [
      "the inner derivative of a probability",
      softmaxGrad((s, t) =>
        toProbability(s, t).map((v, k) => v * softmax(s)[k]! * (1 - softmax(s)[k]!)),
      ),
      "extra factor",
      "wrong factor",
    ],
    [
      "the largest score is the label",
      softmaxGrad((s) => minus(softmax(s), oneHot(s.indexOf(Math.max(...s)), C))),
      "missing target",
      "wrong factor",
      "region",
      "part of the batch",
    ],
    [
      "one sample's gradient n times",
      (p, d) => softmaxGrad(toProbability, 1)(p, { X: d.X.slice(0, 1), y: d.y.slice(0, 1) }),
      "one sample",
    ],
    ["b never set", (p, d) => ({ ...softmaxGrad(toProbability)(p, d), b: [0, 0, 0] }), "never set"],
    [
      "the first class never set",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        return {
          W: g.W.map((r) => r.map((v, k) => (k ? v : 0))),
          b: g.b.map((v, k) => (k ? v : 0)),
        };
      },
      "never set",
      "some entries",
    ],
    [
      "only the greatest entry of each row kept",
      (p, d) => {
        const g = softmaxGrad(toProbability)(p, d);
        return { ...g, W: g.W.map((r) => r.map((v) => (v === Math.max(...r) ? v : 0))) };
      },
      "never set",
      "some entries",
    ],
  ],
});

/** A square matrix as tensor, data kept outside. */
const square = tensor([
  [0.2, -0.6, 1.1],
  [0.9, 0.3, -0.4],
  [-0.7, 0.8, 0.5],
]);
const five = tensor([
  [1, 0.4, -0.3],
  [0.2, -1.1, 0.7],
  [-0.6, 0.5, 1.4],
  [1.2, -0.2, -0.9],
  [0.3, 0.8, 0.1],
]);
const target = tensor([
  [1, 0, 0],
  [0, 0, 1],
  [0, 1, 0],
  [0, 1, 0],
  [1, 0, 0],
]);
const slopeOf = (W: Tensor) => logSoftmax(matmul(five, W)).exp().sub(target).div(5);
export const softmaxTensor = subject<Tensor>({
  name: "softmax of a square matrix, in tensors, no batch",
  f: (W) => logSoftmax(matmul(five, W)).mul(target).sum().div(-5),
  right: (W) => matmul(five.transpose(), slopeOf(W)),
  parameters: square,
  wrong: [
    ["transposed", (W) => matmul(slopeOf(W).transpose(), five), "transposed"],
    [
      "the sum over samples",
      (W) => matmul(five.transpose(), slopeOf(W)).mul(5),
      "factor",
      "sum for mean",
    ],
    [
      "the target is missing",
      (W) => matmul(five.transpose(), logSoftmax(matmul(five, W)).exp().div(5)),
      ...behaviour,
      "missing target",
    ],
    ["half of it", (W) => matmul(five.transpose(), slopeOf(W)).div(2), "factor"],
    [
      "a column reaches another class",
      (W) => {
        const g = matmul(five.transpose(), slopeOf(W));
        return matmul(
          g,
          tensor([
            [0, 1, 0],
            [0, 0, 1],
            [1, 0, 0],
          ]),
        );
      },
      "permuted",
    ],
  ],
});

const hingeSlope = (counted: (s: Row, t: number) => Row) => softmaxGrad((s, t) => counted(s, t));
const violated = (s: Row, t: number) => s.map((v, k) => Number(k !== t && v - s[t]! + 1 > 0));
export const multiclassHinge = subject<Softmax, Labelled>({
  name: "multiclass hinge",
  f: (p, { X, y }) =>
    mean(
      X.map((x, i) => {
        const s = scores(p, x);
        return sum(s.map((v, k) => (k === y[i] ? 0 : Math.max(0, v - s[y[i]!]! + 1))));
      }),
    ),
  right: hingeSlope((s, t) => {
    const v = violated(s, t);
    return v.map((u, k) => (k === t ? -sum(v) : u));
  }),
  parameters: corner,
  options: { batch: { X: points, y: classes } },
  wrong: [
    [
      "the true class forgotten",
      hingeSlope((s, t) => violated(s, t)),
      "missing target",
      "missing factor",
      "wrong factor",
      "region",
      ...placeOnly,
    ],
    [
      "the true class once, not once per violation",
      hingeSlope((s, t) => violated(s, t).map((u, k) => (k === t ? -1 : u))),
      "wrong factor",
      "region",
      ...placeOnly,
    ],
    [
      "all other classes",
      hingeSlope((s, t) => s.map((_, k) => (k === t ? -2 : 1))),
      "region",
      "part of the batch",
      "wrong factor",
    ],
    [
      "the worst class alone",
      hingeSlope((s, t) => {
        const others = s.map((v, k) => (k === t ? -Infinity : v));
        const worst = others.indexOf(Math.max(...others));
        const on = violated(s, t)[worst]!;
        return s.map((_, k) => (k === t ? -on : k === worst ? on : 0));
      }),
      "wrong factor",
      "region",
      "part of the batch",
      ...placeOnly,
    ],
  ],
});

const q = [0.1, 0.4, 0.3, 0.2];
export const divergence = subject<Row>({
  name: "KL divergence of a target and a softmax, no batch",
  f: (s) => sum(q.map((v, k) => v * Math.log(v / softmax(s)[k]!))),
  right: (s) => minus(softmax(s), q),
  parameters: [0.5, -0.3, 0.9, 0.2],
  wrong: [
    ["the target is missing", (s) => softmax(s), ...behaviour, "missing target"],
    ["the wrong way round", (s) => minus(q, softmax(s)), "sign"],
    ["by p, not by s", (s) => q.map((v, k) => -v / softmax(s)[k]!), ...behaviour],
    ["divided by 4", (s) => minus(softmax(s), q).map((v) => v / 4), "factor", "divided twice"],
    ["in base 2", (s) => minus(softmax(s), q).map((v) => v / Math.LN2), "factor"],
  ],
});

const mask = [1, 1, 0, 0, 1, 0];
const overlap = (s: Row) => {
  const p = s.map(sigmoid);
  return 1 - (2 * dot(p, mask)) / (sum(p) + sum(mask));
};
export const dice = subject<Row>({
  name: "Dice of six pixels, no batch",
  f: overlap,
  right: (s) => {
    const p = s.map(sigmoid);
    const all = sum(p) + sum(mask);
    return p.map((v, k) => -((2 * mask[k]! * all - 2 * dot(p, mask)) / all ** 2) * v * (1 - v));
  },
  parameters: [0.3, 1.2, -0.8, 0.5, -0.1, -1.4],
  wrong: [
    [
      "σ′ is missing",
      (s) => {
        const p = s.map(sigmoid);
        const all = sum(p) + sum(mask);
        return p.map((_, k) => -((2 * mask[k]! * all - 2 * dot(p, mask)) / all ** 2));
      },
      ...placeOnly,
      "missing factor",
    ],
    [
      "the denominator treated as a constant",
      (s) => {
        const p = s.map(sigmoid);
        const all = sum(p) + sum(mask);
        return p.map((v, k) => -((2 * mask[k]!) / all) * v * (1 - v));
      },
      ...placeOnly,
      "never set",
    ],
    [
      "the sign of a score to be made large",
      (s) => {
        const p = s.map(sigmoid);
        const all = sum(p) + sum(mask);
        return p.map((v, k) => ((2 * mask[k]! * all - 2 * dot(p, mask)) / all ** 2) * v * (1 - v));
      },
      "sign",
    ],
  ],
});

export const classifiers: readonly Subject[] = [
  logistic,
  brier,
  margins,
  hinge,
  squaredHinge,
  exponentialLoss,
  focal,
  softmaxRegression,
  softmaxTensor,
  multiclassHinge,
  divergence,
  dice,
];
