import { logSoftmax, matmul, oneHot as oneHotOf, type Tensor, tensor } from "../../../src/index.ts";
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
  softmax,
  subject,
  sum,
  timesVector,
} from "./Subject.ts";

interface Classified {
  readonly x: Tensor;
  readonly y: Tensor;
}
const inputs = tensor([
  [0.3, -1.2, 0.8],
  [1.1, 0.4, -0.6],
  [-0.7, 0.9, 0.2],
  [0.5, 1.3, -1.4],
  [-1.6, -0.3, 0.7],
  [0.9, -0.8, 1.5],
  [-0.2, 0.6, -0.9],
]);
const labelled: Classified = { x: inputs, y: tensor([0, 2, 1, 3, 0, 2, 1]) };
interface Net {
  readonly W: Tensor;
  readonly b: Tensor;
  readonly V: Tensor;
  readonly c: Tensor;
}
const net: Net = {
  W: tensor([
    [0.5, -0.4, 0.9, 0.2, -0.7],
    [-0.3, 0.8, 0.1, -0.6, 0.4],
    [0.7, 0.2, -0.5, 0.3, 0.6],
  ]),
  b: tensor([0.1, -0.2, 0.05, 0.3, -0.1]),
  V: tensor([
    [0.4, -0.6, 0.2, 0.8],
    [-0.9, 0.3, 0.5, -0.1],
    [0.6, 0.7, -0.4, 0.2],
    [0.1, -0.5, 0.9, -0.3],
    [-0.2, 0.4, 0.3, 0.7],
  ]),
  c: tensor([0.05, -0.1, 0.2, 0]),
};
const relu = (z: Tensor) => z.relu();
const on = (z: Tensor) => z.sign().add(1).div(2);
const hiddenOf = (p: Net, x: Tensor) => matmul(x, p.W).add(p.b);
const logits = (p: Net, x: Tensor) => matmul(relu(hiddenOf(p, x)), p.V).add(p.c);
const target = (y: Tensor) => oneHotOf(y, 4);
const netGrad =
  (
    error = (z: Tensor, t: Tensor) => logSoftmax(z).exp().sub(t),
    mask: (z: Tensor) => Tensor = on,
    scale = (n: number) => 1 / n,
  ) =>
  (p: Net, { x, y }: Classified) => {
    const z = hiddenOf(p, x);
    const e = error(logits(p, x), target(y)).mul(scale(y.shape[0]!));
    const back = matmul(e, p.V.transpose()).mul(mask(z));
    return {
      W: matmul(x.transpose(), back),
      b: back.sum({ axis: 0 }),
      V: matmul(relu(z).transpose(), e),
      c: e.sum({ axis: 0 }),
    };
  };
export const classifierNet = subject<Net, Classified>({
  name: "relu network with softmax, in tensors",
  f: (p, { x, y }) => logSoftmax(logits(p, x)).mul(target(y)).sum().div(-y.shape[0]!),
  right: netGrad(),
  parameters: net,
  options: { batch: labelled },
  wrong: [
    ["the target is missing", netGrad((z) => logSoftmax(z).exp()), "missing target"],
    ["raw logits", netGrad((z, t) => z.sub(t)), "wrong factor"],
    ["t − p", netGrad((z, t) => t.sub(logSoftmax(z).exp())), "sign"],
    [
      "the relu mask is missing",
      netGrad(undefined, (z) => z.mul(0).add(1)),
      "missing factor",
      "region",
    ],
    ["the mask the wrong way round", netGrad(undefined, (z) => on(z.neg())), "region"],
    ["a sum", netGrad(undefined, undefined, () => 1), "sum for mean"],
    [
      "divided by n · C",
      netGrad(undefined, undefined, (n) => 1 / (4 * n)),
      "divided twice",
      "factor",
    ],
    ["c never set", (p, d) => ({ ...netGrad()(p, d), c: p.c.mul(0) }), "never set"],
    [
      "c averaged",
      (p, d) => ({ ...netGrad()(p, d), c: netGrad()(p, d).c.div(7) }),
      "divided twice",
    ],
    [
      "V without the hidden values",
      (p, d) => {
        const g = netGrad()(p, d);
        return { ...g, V: p.V.mul(0).add(g.c) };
      },
      "missing factor",
    ],
    [
      "W with weight decay",
      (p, d) => {
        const g = netGrad()(p, d);
        return { ...g, W: g.W.add(p.W.mul(0.02)) };
      },
      "regulariser",
    ],
    [
      "V from the sums before relu",
      (p, d) => {
        const e = logSoftmax(logits(p, d.x)).exp().sub(target(d.y)).div(7);
        return { ...netGrad()(p, d), V: matmul(hiddenOf(p, d.x).transpose(), e) };
      },
      ...placeOnly,
      "region",
      "wrong factor",
    ],
  ],
});

interface Sequences {
  readonly xs: readonly Row[];
  readonly ends: Row;
}
interface Cell {
  readonly U: number;
  readonly W: number;
  readonly bias: number;
}
const sequences: Sequences = {
  xs: [
    [0.5, -0.2, 0.9],
    [-0.7, 0.4, 0.1],
    [1.2, 0.3, -0.5],
    [0.2, -0.9, 0.6],
  ],
  ends: [0.3, -0.4, 0.6, 0.1],
};
const statesOf = (p: Cell, x: Row) => {
  const h = [0];
  for (const v of x) h.push(Math.tanh(p.W * h.at(-1)! + p.U * v + p.bias));
  return h;
};
const cellGrad =
  ({ steps = 3, slope = (h: number) => 1 - h * h, sample = () => true as boolean } = {}) =>
  (p: Cell, { xs, ends }: Sequences) => {
    const g = { U: 0, W: 0, bias: 0 };
    xs.forEach((x, i) => {
      const h = statesOf(p, x);
      let e = sample() ? (2 * (h.at(-1)! - ends[i]!)) / xs.length : 0;
      for (let t = x.length; t > x.length - steps; t--) {
        const d = e * slope(h[t]!);
        g.U += d * x[t - 1]!;
        g.W += d * h[t - 1]!;
        g.bias += d;
        e = d * p.W;
      }
    });
    return g;
  };
export const sequenceCell = subject<Cell, Sequences>({
  name: "recurrent cell on a batch of sequences",
  f: (p, { xs, ends }) => mean(xs.map((x, i) => (statesOf(p, x).at(-1)! - ends[i]!) ** 2)),
  right: cellGrad(),
  parameters: { U: 0.8, W: 0.6, bias: 0.1 },
  options: { batch: sequences },
  wrong: [
    ["only one step back", cellGrad({ steps: 1 }), ...behaviour],
    ["tanh′ is missing", cellGrad({ slope: () => 1 }), ...behaviour, "missing factor"],
    [
      "the first sequence alone",
      (p, d) => cellGrad()(p, { xs: d.xs.slice(0, 1), ends: d.ends.slice(0, 1) }),
      "one sample",
    ],
    ["W forgotten", (p, d) => ({ ...cellGrad()(p, d), W: 0 }), "never set"],
    [
      "U and W exchanged",
      (p, d) => ({ ...cellGrad()(p, d), U: cellGrad()(p, d).W, W: cellGrad()(p, d).U }),
      "swapped",
    ],
    [
      "the last sequence left out",
      (p, d) => {
        const g = cellGrad()(p, { xs: d.xs.slice(0, -1), ends: d.ends.slice(0, -1) });
        return { U: 0.75 * g.U, W: 0.75 * g.W, bias: 0.75 * g.bias };
      },
      "part of the batch",
    ],
  ],
});

interface Triplets {
  readonly anchors: Matrix;
  readonly near: Matrix;
  readonly far: Matrix;
}
const triplets: Triplets = {
  anchors: [
    [0.5, 0.2],
    [-0.3, 1.1],
    [0.9, -0.6],
    [0.1, 0.4],
  ],
  near: [
    [0.7, -0.1],
    [0.2, 0.8],
    [0.4, -0.9],
    [-0.5, 0.3],
  ],
  far: [
    [-0.2, 0.6],
    [0.6, 0.9],
    [1.1, -0.2],
    [2.5, -2.1],
  ],
};
const gap = (a: Row, b: Row) => a.map((v, i) => v - b[i]!);
const square = (v: Row) => dot(v, v);
const sides = (M: Matrix, t: Triplets, i: number) => {
  const [p, n] = [gap(t.anchors[i]!, t.near[i]!), gap(t.anchors[i]!, t.far[i]!)];
  return { p, n, Mp: timesVector(M, p), Mn: timesVector(M, n) };
};
const violation = (M: Matrix, t: Triplets, i: number) => {
  const { Mp, Mn } = sides(M, t, i);
  return square(Mp) - square(Mn) + 0.5;
};
const tripletGrad =
  (far = 1, active = (v: number) => v > 0, scale = 2) =>
  (M: Matrix, t: Triplets) => {
    const parts = t.anchors.map((_, i) => {
      const { p, n, Mp, Mn } = sides(M, t, i);
      const k = active(violation(M, t, i)) ? scale / t.anchors.length : 0;
      const [a, b] = [outer(Mp, p), outer(Mn, n)];
      return a.map((row, r) => row.map((v, c) => k * (v - far * b[r]![c]!)));
    });
    return M.map((row, r) => row.map((_, c) => sum(parts.map((m) => m[r]![c]!))));
  };
export const tripletBatch = subject<Matrix, Triplets>({
  name: "a metric learned from triplets",
  f: (M, t) => mean(t.anchors.map((_, i) => Math.max(0, violation(M, t, i)))),
  right: tripletGrad(),
  parameters: [
    [0.9, 0.2],
    [-0.3, 0.7],
  ],
  options: { batch: triplets },
  wrong: [
    ["pulls also where the margin is met", tripletGrad(1, () => true), "region"],
    ["the margin the wrong way round", tripletGrad(1, (v) => v <= 0), "region"],
    ["the far side has the other sign", tripletGrad(-1), ...behaviour],
    ["the far side is forgotten", tripletGrad(0), "ignores", ...behaviour],
    ["the 2 is missing", tripletGrad(1, undefined, 1), "factor"],
    [
      "transposed",
      (M, t) => {
        const g = tripletGrad()(M, t);
        return g[0]!.map((_, c) => g.map((row) => row[c]!));
      },
      "transposed",
    ],
  ],
});

interface Shares {
  readonly x: Matrix;
  readonly q: Matrix;
}
const shares: Shares = {
  x: [
    [0.4, -0.9],
    [1.3, 0.2],
    [-0.6, 0.7],
    [0.1, 1.1],
    [-1.2, -0.5],
  ],
  q: [
    [0.7, 0.2, 0.1],
    [0.1, 0.6, 0.3],
    [0.3, 0.3, 0.4],
    [0.05, 0.15, 0.8],
    [0.5, 0.4, 0.1],
  ],
};
const scoresOf = (W: Matrix, x: Row) => W.map((row) => dot(row, x));
const shareGrad =
  (slope: (s: Row, q: Row) => Row) =>
  (W: Matrix, { x, q }: Shares) => {
    const parts = x.map((row, i) => outer(slope(scoresOf(W, row), q[i]!), row));
    return W.map((row, r) => row.map((_, c) => mean(parts.map((m) => m[r]![c]!))));
  };
export const softTargets = subject<Matrix, Shares>({
  name: "KL divergence from soft targets, C × d",
  f: (W, { x, q }) =>
    mean(
      x.map((row, i) => {
        const p = softmax(scoresOf(W, row));
        return sum(q[i]!.map((v, k) => v * Math.log(v / p[k]!)));
      }),
    ),
  right: shareGrad((s, q) => gap(softmax(s), q)),
  parameters: [
    [0.3, -0.5],
    [0.8, 0.1],
    [-0.4, 0.6],
  ],
  options: { batch: shares },
  wrong: [
    ["the targets are missing", shareGrad((s) => softmax(s)), "missing target", ...behaviour],
    ["the wrong way round", shareGrad((s, q) => gap(q, softmax(s))), "sign"],
    [
      "the likeliest class for the targets",
      shareGrad((s, q) => gap(softmax(s), oneHot(q.indexOf(Math.max(...q)), 3))),
      ...behaviour,
      "missing target",
    ],
    [
      "summed",
      (W, d) => shareGrad((s, q) => gap(softmax(s), q))(W, d).map((r) => r.map((v) => 5 * v)),
      "sum for mean",
    ],
    [
      "the row of one class left out",
      (W, d) => shareGrad((s, q) => gap(softmax(s), q))(W, d).map((r, k) => (k === 1 ? [0, 0] : r)),
      "some entries",
      "never set",
    ],
    [
      "the classes in another order",
      (W, d) => {
        const [a, b, c] = shareGrad((s, q) => gap(softmax(s), q))(W, d);
        return [b!, c!, a!];
      },
      "permuted",
    ],
  ],
});

interface Weighted {
  readonly x: Matrix;
  readonly y: Row;
  readonly weights: Row;
}
const weighted: Weighted = {
  x: [
    [1.2, 0.3],
    [-0.5, 0.8],
    [0.7, -1.1],
    [0.2, 0.9],
    [-1.4, -0.6],
    [0.6, 0.1],
  ],
  y: [1.5, -0.2, 0.9, 0.4, -1.8, 0.7],
  weights: [1, 2, 0.5, 3, 1, 0.25],
};
const weightedGrad =
  (slope: (r: number, weight: number) => number) =>
  (w: Row, { x, y, weights }: Weighted) =>
    addedRows(x.map((row, i) => row.map((v) => (v * slope(dot(w, row) - y[i]!, weights[i]!)) / 6)));
export const weightedSquares = subject<Row, Weighted>({
  name: "least squares with weights of the samples",
  f: (w, { x, y, weights }) => mean(x.map((row, i) => weights[i]! * (dot(w, row) - y[i]!) ** 2)),
  right: weightedGrad((r, k) => 2 * k * r),
  parameters: [0.5, -0.3],
  options: { batch: weighted },
  wrong: [
    ["the weights are missing", weightedGrad((r) => 2 * r), "missing factor", "ignores"],
    ["the weights twice", weightedGrad((r, k) => 2 * k * k * r), "extra factor"],
    [
      "the roots of the weights",
      weightedGrad((r, k) => 2 * Math.sqrt(k) * r),
      "wrong factor",
      "missing factor",
    ],
    ["the 2 is missing", weightedGrad((r, k) => k * r), "factor"],
    [
      "only samples with a weight above 1",
      weightedGrad((r, k) => (k > 1 ? 2 * k * r : 0)),
      "part of the batch",
      "region",
    ],
  ],
});

const smoothing = 0.1;
const smoothed = (t: number) => (1 - smoothing) * t + smoothing / 2;
interface Bits {
  readonly x: Matrix;
  readonly y: Row;
}
const bits: Bits = { x: weighted.x, y: [1, 0, 1, 1, 0, 0] };
const sigma = (z: number) => 1 / (1 + Math.exp(-z));
const bitGrad =
  (e: (z: number, t: number) => number) =>
  (w: Row, { x, y }: Bits) =>
    addedRows(x.map((row, i) => row.map((v) => (v * e(dot(w, row), y[i]!)) / x.length)));
export const labelSmoothing = subject<Row, Bits>({
  name: "logistic regression with smoothed labels",
  f: (w, { x, y }) =>
    mean(
      x.map((row, i) => {
        const z = dot(w, row);
        return Math.log1p(Math.exp(z)) - smoothed(y[i]!) * z;
      }),
    ),
  right: bitGrad((z, t) => sigma(z) - smoothed(t)),
  parameters: [0.8, -0.6],
  options: { batch: bits },
  wrong: [
    [
      "labels not smoothed",
      bitGrad((z, t) => sigma(z) - t),
      "constant part",
      "wrong factor",
      "region",
    ],
    [
      "σ′ too many",
      bitGrad((z, t) => (sigma(z) - smoothed(t)) * sigma(z) * (1 - sigma(z))),
      "extra factor",
    ],
    [
      "positives only",
      bitGrad((z, t) => (t ? sigma(z) - smoothed(t) : 0)),
      "part of the batch",
      "region",
    ],
    ["in base 2", bitGrad((z, t) => (sigma(z) - smoothed(t)) / Math.LN2), "factor"],
  ],
});

export const batchedSubjects: readonly Subject[] = [
  classifierNet,
  sequenceCell,
  tripletBatch,
  softTargets,
  weightedSquares,
  labelSmoothing,
];
