import {
  addedRows,
  behaviour,
  dot,
  type Matrix,
  mean,
  outer,
  placeOnly,
  type Row,
  type Subject,
  sigmoid,
  softmax,
  subject,
  sum,
  timesVector,
  transposed,
} from "./Subject.ts";

const A = [
  [2, 0.5, -1],
  [1.5, 3, 0.25],
  [0, -0.75, 1],
];
const bilinear = (x: Row) => dot(x, timesVector(A, x));
const both = (x: Row) => timesVector(A, x).map((v, i) => v + timesVector(transposed(A), x)[i]!);
export const quadratic = subject<Row>({
  name: "xᵀAx, A not symmetric",
  f: bilinear,
  right: both,
  parameters: [0.7, -1.1, 0.4],
  wrong: [
    ["2Ax", (x) => timesVector(A, x).map((v) => 2 * v), "transposed"],
    ["Ax", (x) => timesVector(A, x), "transposed"],
    ["half of it", (x) => both(x).map((v) => v / 2), "factor"],
    ["2x", (x) => x.map((v) => 2 * v), "regulariser", ...behaviour],
    ["from back to front", (x) => both(x).toReversed(), "permuted"],
  ],
});

interface Ratings {
  readonly rows: readonly {
    readonly user: number;
    readonly item: number;
    readonly stars: number;
  }[];
}
interface Factors {
  readonly U: Matrix;
  readonly V: Matrix;
}
const factors: Factors = {
  U: [
    [0.6, -0.2],
    [0.1, 0.9],
    [-0.5, 0.7],
  ],
  V: [
    [0.8, 0.3],
    [-0.4, 1.1],
  ],
};
const seen: Ratings["rows"] = [
  { user: 0, item: 0, stars: 1.5 },
  { user: 0, item: 1, stars: -0.5 },
  { user: 2, item: 1, stars: 0.7 },
  { user: 1, item: 0, stars: 0.2 },
  { user: 2, item: 0, stars: -1 },
];
const missBy = ({ U, V }: Factors, r: Ratings["rows"][number]) =>
  dot(U[r.user]!, V[r.item]!) - r.stars;
const ratingGrad =
  (
    scale: number,
    touch: (e: number, p: Factors, r: Ratings["rows"][number]) => [Row, Row],
    keep = 1,
  ) =>
  (p: Factors, all: Ratings["rows"]) => {
    const U = p.U.map((row) => row.map(() => 0));
    const V = p.V.map((row) => row.map(() => 0));
    for (const r of all) {
      const [u, v] = touch(missBy(p, r) * scale, p, r);
      U[r.user] = U[r.user]!.map((old, j) => keep * old + u[j]!);
      V[r.item] = V[r.item]!.map((old, j) => keep * old + v[j]!);
    }
    return { U, V };
  };
const by = (e: number, row: Row) => row.map((v) => e * v);
export const ratings = subject<Factors, Ratings["rows"]>({
  name: "matrix factorisation, a list of ratings",
  f: (p, all) => sum(all.map((r) => missBy(p, r) ** 2)),
  right: ratingGrad(2, (e, p, r) => [by(e, p.V[r.item]!), by(e, p.U[r.user]!)]),
  parameters: factors,
  options: { batch: seen },
  wrong: [
    [
      "= for +=",
      ratingGrad(2, (e, p, r) => [by(e, p.V[r.item]!), by(e, p.U[r.user]!)], 0),
      "one sample",
      "part of the batch",
    ],
    [
      "the 2 is missing",
      ratingGrad(1, (e, p, r) => [by(e, p.V[r.item]!), by(e, p.U[r.user]!)]),
      "factor",
    ],
    [
      "U and V exchanged in the product",
      ratingGrad(2, (e, p, r) => [by(e, p.U[r.user]!), by(e, p.V[r.item]!)]),
      ...behaviour,
      "wrong factor",
    ],
    [
      "V is never touched",
      (p, all) => ({
        ...ratingGrad(2, (e, q, r) => [by(e, q.V[r.item]!), by(e, q.U[r.user]!)])(p, all),
        V: p.V.map((r) => r.map(() => 0)),
      }),
      "never set",
    ],
    [
      "weight decay of 0.1 too many",
      (p, all) => {
        const g = ratingGrad(2, (e, q, r) => [by(e, q.V[r.item]!), by(e, q.U[r.user]!)])(p, all);
        const decay = (m: Matrix, w: Matrix) =>
          m.map((r, i) => r.map((v, j) => v + 0.1 * w[i]![j]!));
        return { U: decay(g.U, p.U), V: decay(g.V, p.V) };
      },
      "regulariser",
    ],
    [
      "a mean for the sum",
      ratingGrad(2 / 5, (e, p, r) => [by(e, p.V[r.item]!), by(e, p.U[r.user]!)]),
      "divided twice",
      "factor",
    ],
  ],
});

interface Table {
  readonly inputs: Matrix;
  readonly labels: Row;
}
const table: Table = {
  inputs: [
    [0.2, 1.1, -0.6],
    [1.4, -0.3, 0.5],
    [-0.9, 0.7, 1.2],
    [0.6, 0.4, -1.5],
    [-1.3, -0.8, 0.1],
    [0.5, 1.6, 0.9],
    [1.0, -1.2, -0.4],
  ],
  labels: [1, 0, 1, 1, 0, 1, 0],
};
const probability = (theta: Float64Array, x: Row) =>
  sigmoid(theta[0]! + sum(x.map((v, j) => v * theta[j + 1]!)));
const stacked =
  (e: (p: number, t: number) => number, scale = 1 / 7, one = 1) =>
  (theta: Float64Array, { inputs, labels }: Table) => {
    const g = new Float64Array(4);
    inputs.forEach((x, i) => {
      const d = e(probability(theta, x), labels[i]!) * scale;
      g[0]! += d * one;
      x.forEach((v, j) => {
        g[j + 1]! += d * v;
      });
    });
    return g;
  };
const clean = (p: number) => Math.min(1 - 1e-12, Math.max(1e-12, p));
export const stackedLogistic = subject<Float64Array, Table>({
  name: "logistic regression in one Float64Array, bias first",
  f: (theta, { inputs, labels }) =>
    mean(
      inputs.map((x, i) => {
        const p = clean(probability(theta, x));
        return labels[i] ? -Math.log(p) : -Math.log(1 - p);
      }),
    ),
  right: stacked((p, t) => p - t),
  parameters: Float64Array.of(0.2, -0.5, 0.8, 0.3),
  options: { batch: table },
  wrong: [
    [
      "the gradient of the squared error",
      stacked((p, t) => 2 * (p - t) * p * (1 - p)),
      "extra factor",
    ],
    ["y − p", stacked((p, t) => t - p), "sign"],
    ["no bias entry", stacked((p, t) => p - t, 1 / 7, 0), "never set", "some entries"],
    ["summed", stacked((p, t) => p - t, 1), "sum for mean"],
    ["labels left out", stacked((p) => p), "missing target"],
    [
      "bias last",
      (theta, d) => {
        const [b, ...w] = stacked((p, t) => p - t)(theta, d);
        return Float64Array.from([...w, b!]);
      },
      "permuted",
    ],
    [
      "1/p for every sample",
      stacked((p, t) => (p - t) / p),
      "wrong factor",
      "extra factor",
      "missing factor",
    ],
    [
      "the last sample only",
      (theta, d) =>
        stacked((p, t) => p - t, 1)(theta, {
          inputs: d.inputs.slice(-1),
          labels: d.labels.slice(-1),
        }),
      "one sample",
    ],
    [
      "every other sample",
      (theta, d) =>
        stacked((p, t) => p - t)(theta, {
          inputs: d.inputs.filter((_, i) => i % 2 === 0),
          labels: d.labels.filter((_, i) => i % 2 === 0),
        }),
      "part of the batch",
    ],
    [
      "clipped to length 0.1",
      (theta, d) => {
        const g = stacked((p, t) => p - t)(theta, d);
        const length = Math.hypot(...g);
        return g.map((v) => (v * 0.1) / length);
      },
      "clipped",
      "factor",
    ],
    [
      "the weight of positives forgotten on the way (3 for 1)",
      stacked((p, t) => (t ? 3 : 1) * (p - t)),
      "part of the batch",
      "region",
    ],
  ],
});

interface Deep {
  readonly W1: Matrix;
  readonly W2: Matrix;
  readonly w3: Row;
}
const deep: Deep = {
  W1: [
    [0.4, -0.7],
    [0.9, 0.3],
    [-0.5, 0.8],
  ],
  W2: [
    [0.6, -0.4, 0.2],
    [-0.3, 0.9, 0.7],
  ],
  w3: [1.1, -0.8],
};
interface Pairs {
  readonly x: Matrix;
  readonly target: Row;
}
const pairs: Pairs = {
  x: [
    [0.9, -0.4],
    [-0.3, 1.2],
    [0.5, 0.6],
    [-1.1, -0.7],
  ],
  target: [0.6, -0.2, 0.9, -0.8],
};
const layersOf = (p: Deep, x: Row) => {
  const h1 = timesVector(p.W1, x).map(Math.tanh);
  const h2 = timesVector(p.W2, h1).map(Math.tanh);
  return { h1, h2, out: dot(p.w3, h2) };
};
const deepGrad =
  (outerSlope = (h: number) => 1 - h * h, innerSlope = (h: number) => 1 - h * h) =>
  (p: Deep, { x, target }: Pairs) => {
    const parts = x.map((row, i) => {
      const { h1, h2, out } = layersOf(p, row);
      const e = (out - target[i]!) / x.length;
      const d2 = p.w3.map((v, k) => e * v * outerSlope(h2[k]!));
      const d1 = h1.map((h, k) => sum(d2.map((d, l) => d * p.W2[l]![k]!)) * innerSlope(h));
      return { W1: outer(d1, row), W2: outer(d2, h1), w3: h2.map((h) => h * e) };
    });
    const added = (all: readonly Matrix[]) =>
      all[0]!.map((r, i) => r.map((_, j) => sum(all.map((m) => m[i]![j]!))));
    return {
      W1: added(parts.map(({ W1 }) => W1)),
      W2: added(parts.map(({ W2 }) => W2)),
      w3: addedRows(parts.map(({ w3 }) => w3)),
    };
  };
export const twoLayers = subject<Deep, Pairs>({
  name: "two hidden layers, tanh, no biases",
  f: (p, { x, target }) => mean(x.map((row, i) => (layersOf(p, row).out - target[i]!) ** 2)) / 2,
  right: deepGrad(),
  parameters: deep,
  options: { batch: pairs },
  wrong: [
    [
      "tanh′ missing at the first layer",
      deepGrad(undefined, () => 1),
      "missing factor",
      "wrong factor",
    ],
    [
      "tanh′ missing at both",
      deepGrad(
        () => 1,
        () => 1,
      ),
      "missing factor",
      "wrong factor",
    ],
    ["1 − h in the second layer", deepGrad((h) => 1 - h), "wrong factor", "missing factor"],
    [
      "W2 upside down",
      (p, d) => ({ ...deepGrad()(p, d), W2: deepGrad()(p, d).W2.map((r) => r.map((v) => -v)) }),
      "sign",
    ],
    [
      "W1 from the last sample",
      (p, d) => ({
        ...deepGrad()(p, d),
        W1: deepGrad()(p, { x: d.x.slice(-1), target: d.target.slice(-1) }).W1,
      }),
      "one sample",
    ],
    [
      "w3 with n twice",
      (p, d) => ({ ...deepGrad()(p, d), w3: deepGrad()(p, d).w3.map((v) => v / 4) }),
      "factor",
      "divided twice",
    ],
    [
      "rows of W1 rotated",
      (p, d) => {
        const g = deepGrad()(p, d);
        return { ...g, W1: [g.W1[1]!, g.W1[2]!, g.W1[0]!] };
      },
      "permuted",
    ],
    [
      "W2 given as 3 × 2",
      (p, d) => {
        const g = deepGrad()(p, d);
        return { ...g, W2: transposed(g.W2) };
      },
      "transposed shape",
      "transposed",
    ],
  ],
});

const image = [
  [0.2, -0.5, 1.0, 0.4],
  [0.7, 0.1, -0.3, 0.9],
  [-0.8, 0.6, 0.5, -0.1],
];
const filtered = (K: Matrix) =>
  [0, 1].map((i) =>
    [0, 1, 2].map((j) => sum(K.map((row, a) => sum(row.map((v, b) => v * image[i + a]![j + b]!))))),
  );
const imageGrad = (
  K: Matrix,
  at = (i: number, a: number, j: number, b: number) => image[i + a]![j + b]!,
) => {
  const out = filtered(K);
  return K.map((row, a) =>
    row.map((_, b) =>
      sum(out.map((line, i) => sum(line.map((v, j) => Math.max(0, v) * at(i, a, j, b))))),
    ),
  );
};
export const imageFilter = subject<Matrix>({
  name: "2 × 2 filter with relu and half the square, no batch",
  f: (K) => 0.5 * sum(filtered(K).flatMap((row) => row.map((v) => Math.max(0, v) ** 2))),
  right: (K) => imageGrad(K),
  parameters: [
    [0.5, -0.3],
    [0.8, 0.4],
  ],
  wrong: [
    [
      "the filter turned by 180°",
      (K) =>
        imageGrad(K)
          .toReversed()
          .map((r) => r.toReversed()),
      "permuted",
    ],
    ["the filter transposed", (K) => transposed(imageGrad(K)), "transposed", "permuted"],
    [
      "averaged over the six places",
      (K) => imageGrad(K).map((r) => r.map((v) => v / 6)),
      "factor",
      "divided twice",
    ],
    [
      "only one place",
      (K) => imageGrad(K, (i, a, j, b) => (i === 1 && j === 2 ? image[i + a]![j + b]! : 0)),
      "never set",
      ...behaviour,
    ],
  ],
});

const keys = [
  [0.5, 1.0],
  [-0.7, 0.2],
  [0.9, -0.6],
];
const logitsOf = (q: Row) => timesVector(keys, q).map((v) => v / 0.5);
export const infoNce = subject<Row>({
  name: "InfoNCE of one query, no batch",
  f: (q) => -Math.log(softmax(logitsOf(q))[0]!),
  right: (q) => {
    const p = softmax(logitsOf(q));
    return q.map((_, j) => (sum(p.map((v, k) => v * keys[k]![j]!)) - keys[0]![j]!) / 0.5);
  },
  parameters: [0.3, -0.4],
  wrong: [
    [
      "the temperature is missing",
      (q) => {
        const p = softmax(logitsOf(q));
        return q.map((_, j) => sum(p.map((v, k) => v * keys[k]![j]!)) - keys[0]![j]!);
      },
      "factor",
    ],
    [
      "the positive key is missing",
      (q) => {
        const p = softmax(logitsOf(q));
        return q.map((_, j) => sum(p.map((v, k) => v * keys[k]![j]!)) / 0.5);
      },
      ...behaviour,
    ],
    [
      "the sign",
      (q) => {
        const p = softmax(logitsOf(q));
        return q.map((_, j) => (keys[0]![j]! - sum(p.map((v, k) => v * keys[k]![j]!))) / 0.5);
      },
      "sign",
    ],
  ],
});

const list = [1.2, -0.4, 0.9, 2.0];
const layerNorm = (x: Row) => {
  const m = mean(x);
  const s = Math.sqrt(mean(x.map((v) => (v - m) ** 2)));
  return { hat: x.map((v) => (v - m) / s), s };
};
const mixed = [0.3, -1.0, 0.8, 0.1];
const normGrad = (x: Row) => {
  const { hat, s } = layerNorm(x);
  return mixed.map(
    (w, i) => (w - mean(mixed) - hat[i]! * mean(mixed.map((u, j) => u * hat[j]!))) / s,
  );
};
export const layerNormed = subject<Row>({
  name: "layer norm and a weighted sum, no batch",
  f: (x) => dot(mixed, layerNorm(x).hat),
  right: normGrad,
  parameters: list,
  wrong: [
    ["w/s", (x) => mixed.map((w) => w / layerNorm(x).s), ...behaviour],
    ["s forgotten", (x) => normGrad(x).map((v) => v * layerNorm(x).s), "factor"],
    [
      "the variance forgotten",
      (x) => mixed.map((w) => (w - mean(mixed)) / layerNorm(x).s),
      ...behaviour,
    ],
  ],
});

const series = [0.5, 0.9, 0.2, -0.6, -0.4, 0.3, 1.1, 0.8];
interface Lags {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const surprises = (p: Lags) =>
  series.slice(2).map((v, t) => v - p.a * series[t + 1]! - p.b * series[t]! - p.c);
const lagGrad = (
  p: Lags,
  first = (t: number) => series[t + 1]!,
  second = (t: number) => series[t]!,
) => {
  const e = surprises(p);
  return {
    a: -2 * sum(e.map((v, t) => v * first(t))),
    b: -2 * sum(e.map((v, t) => v * second(t))),
    c: -2 * sum(e),
  };
};
export const lags = subject<Lags>({
  name: "autoregression of two lags, no batch",
  f: (p) => sum(surprises(p).map((v) => v * v)),
  right: (p) => lagGrad(p),
  parameters: { a: 0.6, b: -0.3, c: 0.1 },
  wrong: [
    [
      "the lags exchanged",
      (p) =>
        lagGrad(
          p,
          (t) => series[t]!,
          (t) => series[t + 1]!,
        ),
      "swapped",
      "permuted",
    ],
    ["all signs", (p) => ({ a: -lagGrad(p).a, b: -lagGrad(p).b, c: -lagGrad(p).c }), "sign"],
    [
      "c counted once, not for each step",
      (p) => ({ ...lagGrad(p), c: lagGrad(p).c / 6 }),
      "factor",
      "divided twice",
    ],
    ["b left at 0", (p) => ({ ...lagGrad(p), b: 0 }), "never set"],
  ],
});

interface Claims {
  readonly x: Matrix;
  readonly y: Row;
}
const claims: Claims = {
  x: [
    [1, 0.3],
    [1, -0.8],
    [1, 1.1],
    [1, 0.6],
    [1, -0.2],
  ],
  y: [1.2, 0.4, 3.1, 0.9, 1.7],
};
const gammaGrad =
  (e: (mu: number, y: number) => number) =>
  (w: Row, { x, y }: Claims) =>
    w.map((_, j) => mean(x.map((row, i) => e(Math.exp(dot(w, row)), y[i]!) * row[j]!)));
export const gamma = subject<Row, Claims>({
  name: "gamma regression with log link",
  f: (w, { x, y }) => mean(x.map((row, i) => dot(w, row) + y[i]! / Math.exp(dot(w, row)))),
  right: gammaGrad((mu, t) => 1 - t / mu),
  parameters: [0.2, 0.5],
  options: { batch: claims },
  wrong: [
    ["the 1 is missing", gammaGrad((mu, t) => -t / mu), "wrong factor", "constant part", "region"],
    ["t/μ² for t/μ", gammaGrad((mu, t) => 1 - t / mu ** 2), "wrong factor"],
    ["the gradient of Poisson", gammaGrad((mu, t) => mu - t), "extra factor", "wrong factor"],
    ["the target is missing", gammaGrad(() => 1), "missing target", "ignores"],
    ["half", gammaGrad((mu, t) => 0.5 * (1 - t / mu)), "factor"],
  ],
});

const smooth = (w: Row, { x, y }: Claims) =>
  mean(
    x.map((row, i) => {
      const r = dot(w, row) - y[i]!;
      return Math.log(1 + r * r);
    }),
  );
const cauchyGrad =
  (e: (r: number) => number) =>
  (w: Row, { x, y }: Claims) =>
    w.map((_, j) => mean(x.map((row, i) => e(dot(w, row) - y[i]!) * row[j]!)));
export const cauchy = subject<Row, Claims>({
  name: "log(1 + r²)",
  f: smooth,
  right: cauchyGrad((r) => (2 * r) / (1 + r * r)),
  parameters: [0.4, -0.6],
  options: { batch: claims },
  wrong: [
    ["the inner derivative 2r is missing", cauchyGrad((r) => 1 / (1 + r * r)), "missing factor"],
    ["the outer derivative is missing", cauchyGrad((r) => 2 * r), "missing factor", "extra factor"],
    ["only positive residuals", cauchyGrad((r) => (r > 0 ? (2 * r) / (1 + r * r) : 0)), "region"],
    [
      "the size of the residual",
      cauchyGrad((r) => (2 * Math.abs(r)) / (1 + r * r)),
      "region",
      "absolute",
    ],
    ["in base 10", cauchyGrad((r) => (2 * r) / (1 + r * r) / Math.LN10), "factor"],
  ],
});

const hidden = { w: [0.5, -0.8, 1.1], scale: 1.4 };
const stretched = ({ w, scale }: typeof hidden) =>
  sum(w.map((v, i) => (scale * v - [1, 0, 2][i]!) ** 2));
export const stretch = subject<typeof hidden>({
  name: "a list times a scale, no batch",
  f: stretched,
  right: ({ w, scale }) => {
    const e = w.map((v, i) => 2 * (scale * v - [1, 0, 2][i]!));
    return { w: e.map((v) => v * scale), scale: dot(e, w) };
  },
  parameters: hidden,
  wrong: [
    [
      "the scale is missing in w",
      ({ w, scale }) => {
        const e = w.map((v, i) => 2 * (scale * v - [1, 0, 2][i]!));
        return { w: e, scale: dot(e, w) };
      },
      "factor",
    ],
    [
      "w is missing in the scale",
      ({ w, scale }) => {
        const e = w.map((v, i) => 2 * (scale * v - [1, 0, 2][i]!));
        return { w: e.map((v) => v * scale), scale: sum(e) };
      },
      ...placeOnly,
    ],
    [
      "the scale as if it were 1",
      ({ w }) => {
        const e = w.map((v, i) => 2 * (v - [1, 0, 2][i]!));
        return { w: e, scale: dot(e, w) };
      },
      "ignores",
      ...placeOnly,
    ],
  ],
});

const scoresAt = (theta: Row) => theta.map((v) => Math.exp(v));
export const exponentials = subject<Row>({
  name: "log of a sum of squares of exponentials, no batch",
  f: (theta) => Math.log(sum(scoresAt(theta).map((v) => v * v))),
  right: (theta) =>
    scoresAt(theta).map((v) => (2 * v * v) / sum(scoresAt(theta).map((u) => u * u))),
  parameters: [0.2, -0.5, 0.7],
  wrong: [
    [
      "the inner derivative e^θ is missing",
      (theta) => scoresAt(theta).map((v) => (2 * v) / sum(scoresAt(theta).map((u) => u * u))),
      "missing factor",
    ],
    ["not divided by the sum", (theta) => scoresAt(theta).map((v) => 2 * v * v), "factor"],
    [
      "the 2 is missing",
      (theta) => scoresAt(theta).map((v) => (v * v) / sum(scoresAt(theta).map((u) => u * u))),
      "factor",
    ],
  ],
});

export const others: readonly Subject[] = [
  quadratic,
  ratings,
  stackedLogistic,
  twoLayers,
  imageFilter,
  infoNce,
  layerNormed,
  lags,
  gamma,
  cauchy,
  stretch,
  exponentials,
];
