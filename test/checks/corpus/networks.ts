import { matmul, type Tensor, tensor } from "../../../src/index.ts";
import {
  addedMatrices,
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
  times,
  timesVector,
  transposed,
} from "./Subject.ts";

interface Sheet {
  readonly x: readonly Row[];
  readonly y: Row;
}
const sheet: Sheet = {
  x: [
    [0.5, -1.2],
    [1.4, 0.3],
    [-0.8, 0.9],
    [0.2, 1.7],
    [-1.5, -0.4],
  ],
  y: [0.7, -1.1, 0.4, 1.9, -0.3],
};
interface Network {
  readonly W1: Matrix;
  readonly b1: Row;
  readonly W2: Row;
  readonly b2: number;
}
const network: Network = {
  W1: [
    [0.6, -0.9],
    [-0.4, 0.7],
    [1.1, 0.5],
  ],
  b1: [0.2, -0.3, 0.1],
  W2: [0.8, -1.2, 0.5],
  b2: 0.15,
};
type Activation = (z: number) => number;
const hidden = (p: Network, x: Row, act: Activation) =>
  timesVector(p.W1, x).map((v, k) => act(v + p.b1[k]!));
const answer = (p: Network, x: Row, act: Activation) => dot(p.W2, hidden(p, x, act)) + p.b2;
const networkLoss =
  (act: Activation) =>
  (p: Network, { x, y }: Sheet) =>
    mean(x.map((row, i) => (answer(p, row, act) - y[i]!) ** 2));

/** What flows back: the error of one sample, the hidden values, the sums before the activation. */
interface Pass {
  readonly e: number;
  readonly h: Row;
  readonly z: Row;
  readonly x: Row;
  readonly p: Network;
}
const networkGrad =
  (act: Activation, delta: (pass: Pass) => Row) =>
  (p: Network, { x, y }: Sheet) => {
    const passes = x.map((row, i): Pass => {
      const z = timesVector(p.W1, row).map((v, k) => v + p.b1[k]!);
      const h = z.map(act);
      return { e: (2 * (dot(p.W2, h) + p.b2 - y[i]!)) / x.length, h, z, x: row, p };
    });
    const deltas = passes.map(delta);
    return {
      W1: addedMatrices(passes.map((pass, i) => outer(deltas[i]!, pass.x))),
      b1: addedRows(deltas),
      W2: addedRows(passes.map(({ e, h }) => h.map((v) => v * e))),
      b2: sum(passes.map(({ e }) => e)),
    };
  };
const tanhDelta = ({ e, h, p }: Pass) => p.W2.map((v, k) => e * v * (1 - h[k]! ** 2));
const tanhRight = networkGrad(Math.tanh, tanhDelta);

export const tanhNetwork = subject<Network, Sheet>({
  name: "one hidden layer, tanh",
  f: networkLoss(Math.tanh),
  right: tanhRight,
  parameters: network,
  options: { batch: sheet },
  wrong: [
    [
      "tanh′ is missing",
      networkGrad(Math.tanh, ({ e, p }) => p.W2.map((v) => e * v)),
      "missing factor",
    ],
    [
      "1 − h for 1 − h²",
      networkGrad(Math.tanh, ({ e, h, p }) => p.W2.map((v, k) => e * v * (1 - h[k]!))),
      "wrong factor",
      "missing factor",
    ],
    [
      "1 − z² for 1 − h²",
      networkGrad(Math.tanh, ({ e, z, p }) => p.W2.map((v, k) => e * v * (1 - z[k]! ** 2))),
      "wrong factor",
      "missing factor",
    ],
    [
      "σ′ for tanh′",
      networkGrad(Math.tanh, ({ e, h, p }) => p.W2.map((v, k) => e * v * h[k]! * (1 - h[k]!))),
      "wrong factor",
      "missing factor",
    ],
    [
      "the outer weights are missing",
      networkGrad(Math.tanh, ({ e, h }) => h.map((v) => e * (1 - v * v))),
      "missing factor",
      ...placeOnly,
    ],
    [
      "tanh′ twice",
      networkGrad(Math.tanh, ({ e, h, p }) => p.W2.map((v, k) => e * v * (1 - h[k]! ** 2) ** 2)),
      "extra factor",
    ],
    ["b1 never set", (p, d) => ({ ...tanhRight(p, d), b1: [0, 0, 0] }), "never set"],
    [
      "the first layer never set",
      (p, d) => ({ ...tanhRight(p, d), W1: times(0, p.W1), b1: [0, 0, 0] }),
      "never set",
    ],
    [
      "the second layer twice",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W2: g.W2.map((v) => 2 * v) };
      },
      "factor",
    ],
    [
      "the first layer upside down",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W1: times(-1, g.W1), b1: g.b1.map((v) => -v) };
      },
      "sign",
    ],
    [
      "W1 transposed",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W1: transposed(g.W1) };
      },
      "transposed shape",
      "transposed",
    ],
    [
      "the hidden values are missing in W2",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W2: g.W2.map(() => g.b2) };
      },
      "missing factor",
    ],
    [
      "the sums before tanh in W2",
      (p, d) => {
        const { x, y } = d;
        const e = x.map((row, i) => (2 * (answer(p, row, Math.tanh) - y[i]!)) / 5);
        return {
          ...tanhRight(p, d),
          W2: addedRows(x.map((row, i) => hidden(p, row, (v) => v).map((v) => v * e[i]!))),
        };
      },
      "wrong factor",
      "missing factor",
      ...placeOnly,
    ],
    [
      "the x in W1 is missing",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W1: g.b1.map((v) => [v, v]) };
      },
      "missing factor",
    ],
    [
      "the bias of the hidden layer is summed, the rest averaged",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, b1: g.b1.map((v) => 5 * v) };
      },
      "sum for mean",
    ],
    [
      "= for += in W1",
      (p, d) => ({
        ...tanhRight(p, d),
        W1: tanhRight(p, { x: d.x.slice(4), y: d.y.slice(4) }).W1.map((r) => r.map((v) => v / 5)),
      }),
      "one sample",
    ],
    [
      "the first two hidden units exchanged",
      (p, d) => {
        const g = tanhRight(p, d);
        const [a, b, c] = g.W1;
        return { ...g, W1: [b!, a!, c!] };
      },
      "permuted",
      "swapped",
    ],
    [
      "b1 and W2 exchanged",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, b1: g.W2, W2: g.b1 };
      },
      "swapped",
    ],
    [
      "weight decay nobody asked for",
      (p, d) => {
        const g = tanhRight(p, d);
        return { ...g, W1: g.W1.map((r, i) => r.map((v, j) => v + 0.1 * p.W1[i]![j]!)) };
      },
      "regulariser",
    ],
  ],
});

const relu = (z: number) => Math.max(0, z);
const reluRight = networkGrad(relu, ({ e, z, p }) => p.W2.map((v, k) => (z[k]! > 0 ? e * v : 0)));
export const reluNetwork = subject<Network, Sheet>({
  name: "one hidden layer, relu",
  f: networkLoss(relu),
  right: reluRight,
  parameters: network,
  options: { batch: sheet },
  wrong: [
    [
      "the mask is missing",
      networkGrad(relu, ({ e, p }) => p.W2.map((v) => e * v)),
      "missing factor",
      "region",
    ],
    [
      "the mask the wrong way round",
      networkGrad(relu, ({ e, z, p }) => p.W2.map((v, k) => (z[k]! > 0 ? 0 : e * v))),
      "wrong factor",
      "region",
    ],
    [
      "h for the mask",
      networkGrad(relu, ({ e, h, p }) => p.W2.map((v, k) => e * v * h[k]!)),
      "wrong factor",
      "extra factor",
    ],
    [
      "the mask of the outer weights",
      networkGrad(relu, ({ e, p }) => p.W2.map((v) => e * relu(v))),
      ...placeOnly,
      "never set",
      "wrong factor",
      "missing factor",
      "region",
    ],
    [
      "the mask of the error",
      networkGrad(relu, ({ e, z, p }) => p.W2.map((v, k) => (z[k]! > 0 && e > 0 ? e * v : 0))),
      "region",
      ...placeOnly,
    ],
    [
      "leaky slope",
      networkGrad(relu, ({ e, z, p }) => p.W2.map((v, k) => e * v * (z[k]! > 0 ? 1 : 0.1))),
      "wrong factor",
      "missing factor",
      "region",
      ...placeOnly,
    ],
  ],
});

interface Deep {
  readonly A: Tensor;
  readonly a: Tensor;
  readonly B: Tensor;
  readonly b: Tensor;
  readonly c: Tensor;
}
const deep: Deep = {
  A: tensor([
    [0.5, -0.8, 0.3],
    [0.9, 0.2, -0.7],
  ]),
  a: tensor([0.1, -0.2, 0.4]),
  B: tensor([
    [0.6, -0.3],
    [-1.1, 0.8],
    [0.4, 0.7],
  ]),
  b: tensor([0.3, -0.1]),
  c: tensor([1.2, -0.9]),
};
const given = tensor(sheet.x.map((row) => [...row]));
const wanted = tensor(sheet.y);
const sig = (z: Tensor) => z.neg().exp().add(1).reciprocal();
const slopeOfSigmoid = (s: Tensor) => s.mul(s.neg().add(1));
interface DeepPass {
  readonly h: Tensor;
  readonly k: Tensor;
  readonly e: Tensor;
}
const forward = (p: Deep): DeepPass => {
  const h = sig(matmul(given, p.A).add(p.a));
  const k = sig(matmul(h, p.B).add(p.b));
  return { h, k, e: matmul(k, p.c).sub(wanted).div(5) };
};
const deepGrad =
  (inner: (s: Tensor) => Tensor = slopeOfSigmoid, second: (s: Tensor) => Tensor = slopeOfSigmoid) =>
  (p: Deep) => {
    const { h, k, e } = forward(p);
    const dk = matmul(e.reshape([5, 1]), p.c.reshape([1, 2])).mul(second(k));
    const dh = matmul(dk, p.B.transpose()).mul(inner(h));
    return {
      A: matmul(given.transpose(), dh),
      a: dh.sum({ axis: 0 }),
      B: matmul(h.transpose(), dk),
      b: dk.sum({ axis: 0 }),
      c: matmul(k.transpose(), e),
    };
  };
export const deepNetwork = subject<Deep>({
  name: "two hidden layers, σ, in tensors, no batch",
  f: (p) => {
    const k = forward(p).k;
    return matmul(k, p.c).sub(wanted).square().mean().div(2);
  },
  right: deepGrad(),
  parameters: deep,
  wrong: [
    [
      "σ′ missing in the first layer",
      deepGrad((s) => s.mul(0).add(1)),
      ...placeOnly,
      "missing factor",
    ],
    [
      "σ′ missing in the second layer",
      deepGrad(slopeOfSigmoid, (s) => s.mul(0).add(1)),
      ...placeOnly,
      "missing factor",
    ],
    [
      "σ′ of tanh in the first layer",
      deepGrad((s) => s.square().neg().add(1)),
      ...placeOnly,
      "wrong factor",
    ],
    ["B with another sign", (p) => ({ ...deepGrad()(p), B: deepGrad()(p).B.neg() }), "sign"],
    [
      "A a thousand times too small",
      (p) => ({ ...deepGrad()(p), A: deepGrad()(p).A.mul(1e-3) }),
      "factor",
      "divided twice",
    ],
    ["B untouched", (p) => ({ ...deepGrad()(p), B: deepGrad()(p).B.mul(0) }), "never set"],
    [
      "all of it doubled",
      (p) => {
        const g = deepGrad()(p);
        return { A: g.A.mul(2), a: g.a.mul(2), B: g.B.mul(2), b: g.b.mul(2), c: g.c.mul(2) };
      },
      "factor",
    ],
    [
      "each group with the mean over its entries",
      (p) => {
        const g = deepGrad()(p);
        return { ...g, A: g.A.div(6), B: g.B.div(6) };
      },
      "factor",
      "divided twice",
    ],
    [
      "c not returned",
      (p) => {
        const { c: _, ...rest } = deepGrad()(p);
        return rest;
      },
      "missing",
    ],
  ],
});

const text = [2, 0, 3, 2, 2, 1];
const said = [0.4, -0.2, 0.9, 0.1, -0.6, 0.3];
interface Words {
  readonly E: Matrix;
  readonly v: Row;
}
interface Text {
  readonly ids: Row;
  readonly targets: Row;
}
const words: Words = {
  E: [
    [0.3, -0.6],
    [0.8, 0.1],
    [-0.5, 0.9],
    [0.2, 0.7],
    [1.0, -0.4],
  ],
  v: [0.7, -1.3],
};
const wordGrad =
  (write: (E: number[][], id: number, row: Row, i: number, ids: Row) => void) =>
  ({ E, v }: Words, { ids, targets }: Text) => {
    const gE = E.map((row) => row.map(() => 0));
    const gv = v.map(() => 0);
    ids.forEach((id, i) => {
      const e = (2 * (dot(E[id]!, v) - targets[i]!)) / ids.length;
      write(
        gE,
        id,
        v.map((u) => u * e),
        i,
        ids,
      );
      E[id]!.forEach((u, j) => {
        gv[j]! += u * e;
      });
    });
    return { E: gE, v: gv };
  };
const add = (row: number[], more: Row) =>
  more.forEach((v, j) => {
    row[j]! += v;
  });
export const embedding = subject<Words, Text>({
  name: "embedding",
  f: ({ E, v }, { ids, targets }) => mean(ids.map((id, i) => (dot(E[id]!, v) - targets[i]!) ** 2)),
  right: wordGrad((E, id, row) => add(E[id]!, row)),
  parameters: words,
  options: { batch: { ids: text, targets: said } },
  wrong: [
    [
      "= for +=: the last occurrence stays",
      wordGrad((E, id, row) => {
        E[id] = [...row];
      }),
      "part of the batch",
      "one sample",
    ],
    [
      "only the first occurrence",
      wordGrad((E, id, row, i, ids) => {
        if (ids.indexOf(id) === i) add(E[id]!, row);
      }),
      "part of the batch",
      "one sample",
    ],
    [
      "written one row too late",
      wordGrad((E, id, row) => add(E[id + 1]!, row)),
      "permuted",
      ...placeOnly,
    ],
    [
      "every row gets every word",
      wordGrad((E, _, row) => {
        for (const each of E) add(each, row);
      }),
      ...placeOnly,
      "part of the batch",
    ],
    [
      "word 0 is skipped",
      wordGrad((E, id, row) => {
        if (id) add(E[id]!, row);
      }),
      "never set",
      "some entries",
    ],
    [
      "averaged over the occurrences",
      wordGrad((E, id, row, _, ids) =>
        add(
          E[id]!,
          row.map((v) => v / ids.filter((o) => o === id).length),
        ),
      ),
      ...placeOnly,
      "factor",
      "divided twice",
    ],
  ],
});

const signal = [0.4, -1.1, 0.9, 1.6, -0.3, 0.7, -0.8, 0.2];
const wave = [0.1, 0.5, -0.4, 0.8, 0.3, -0.2];
interface Kernel {
  readonly k: Row;
  readonly b: number;
}
const convolved = ({ k, b }: Kernel) =>
  wave.map((_, t) => b + sum(k.map((v, j) => v * signal[t + j]!)));
const kernelGrad = (p: Kernel, at = (t: number, j: number) => t + j) => {
  const e = convolved(p).map((v, t) => (2 * (v - wave[t]!)) / wave.length);
  return { k: p.k.map((_, j) => sum(e.map((v, t) => v * (signal[at(t, j)] ?? 0)))), b: sum(e) };
};
export const convolution = subject<Kernel>({
  name: "convolution with a kernel of three, no batch",
  f: (p) => mean(convolved(p).map((v, t) => (v - wave[t]!) ** 2)),
  right: (p) => kernelGrad(p),
  parameters: { k: [0.6, -0.2, 0.9], b: 0.1 },
  wrong: [
    [
      "the kernel flipped",
      (p) => ({ ...kernelGrad(p), k: kernelGrad(p).k.toReversed() }),
      "permuted",
      "swapped",
    ],
    ["shifted by one place", (p) => kernelGrad(p, (t, j) => t + j - 1), ...placeOnly],
    [
      "the bias at one place only",
      (p) => ({ ...kernelGrad(p), b: (2 * (convolved(p)[5]! - wave[5]!)) / 6 }),
      ...placeOnly,
      "factor",
    ],
    [
      "the bias divided by the kernel's length",
      (p) => ({ ...kernelGrad(p), b: kernelGrad(p).b / 3 }),
      "factor",
      "divided twice",
    ],
    [
      "shifted round in a circle",
      (p) => {
        const [a, b, c] = kernelGrad(p).k;
        return { ...kernelGrad(p), k: [c!, a!, b!] };
      },
      "permuted",
    ],
  ],
});

interface Cell {
  readonly Wh: number;
  readonly Wx: number;
  readonly b: number;
}
const steps = [0.8, -0.4, 1.1, 0.5];
const states = (p: Cell) => {
  const h = [0.2];
  for (const x of steps) h.push(Math.tanh(p.Wh * h.at(-1)! + p.Wx * x + p.b));
  return h;
};
const cellGrad = (
  p: Cell,
  {
    last = steps.length,
    slope = (h: number) => 1 - h * h,
    previous = (h: Row, t: number) => h[t - 1]!,
    carry = p.Wh,
  } = {},
) => {
  const h = states(p);
  const g = { Wh: 0, Wx: 0, b: 0 };
  let e = h.at(-1)! - 0.6;
  for (let t = steps.length; t > steps.length - last; t--) {
    const dz = e * slope(h[t]!);
    g.Wh += dz * previous(h, t);
    g.Wx += dz * steps[t - 1]!;
    g.b += dz;
    e = dz * carry;
  }
  return g;
};
export const recurrent = subject<Cell>({
  name: "recurrent cell over four steps, no batch",
  f: (p) => 0.5 * (states(p).at(-1)! - 0.6) ** 2,
  right: (p) => cellGrad(p),
  parameters: { Wh: 0.9, Wx: 0.5, b: -0.1 },
  wrong: [
    ["back through the last step alone", (p) => cellGrad(p, { last: 1 }), ...placeOnly],
    ["tanh′ is missing", (p) => cellGrad(p, { slope: () => 1 }), ...placeOnly, "missing factor"],
    [
      "the new state for the old one",
      (p) => cellGrad(p, { previous: (h, t) => h[t]! }),
      ...placeOnly,
    ],
    ["Wh is left out on the way back", (p) => cellGrad(p, { carry: 1 }), ...placeOnly],
    [
      "Wx and b exchanged",
      (p) => ({ ...cellGrad(p), Wx: cellGrad(p).b, b: cellGrad(p).Wx }),
      "swapped",
      "permuted",
    ],
    ["b upside down", (p) => ({ ...cellGrad(p), b: -cellGrad(p).b }), "sign"],
  ],
});

interface Norm {
  readonly gamma: number;
  readonly beta: number;
}
const list = [0.5, 2.1, -0.7, 1.3, 0.9];
const goal = [0.2, 0.4, -0.6, 1.0, 0.1];
const normalised = (x: Row) => {
  const m = mean(x);
  const s = Math.sqrt(mean(x.map((v) => (v - m) ** 2)) + 1e-5);
  return { m, s, hat: x.map((v) => (v - m) / s) };
};
const normLoss = (p: Norm, x: Row) =>
  mean(normalised(x).hat.map((v, i) => (p.gamma * v + p.beta - goal[i]!) ** 2));
const normError = (p: Norm, x: Row) =>
  normalised(x).hat.map((v, i) => (2 * (p.gamma * v + p.beta - goal[i]!)) / x.length);
export const batchNorm = subject<{
  readonly x: Row;
  readonly gamma: number;
  readonly beta: number;
}>({
  name: "batch norm, no batch",
  f: ({ x, ...p }) => normLoss(p, x),
  right: ({ x, ...p }) => {
    const e = normError(p, x);
    const { s, hat } = normalised(x);
    const d = e.map((v) => v * p.gamma);
    return {
      x: d.map((v, i) => (v - mean(d) - hat[i]! * mean(d.map((u, j) => u * hat[j]!))) / s),
      gamma: dot(e, hat),
      beta: sum(e),
    };
  },
  parameters: { x: list, gamma: 1.2, beta: 0.3 },
  wrong: [
    [
      "mean and variance treated as constants",
      ({ x, ...p }) => {
        const e = normError(p, x);
        const { s, hat } = normalised(x);
        return { x: e.map((v) => (v * p.gamma) / s), gamma: dot(e, hat), beta: sum(e) };
      },
      ...behaviour,
    ],
    [
      "the variance treated as a constant",
      ({ x, ...p }) => {
        const e = normError(p, x);
        const { s, hat } = normalised(x);
        return { x: e.map((v) => ((v - mean(e)) * p.gamma) / s), gamma: dot(e, hat), beta: sum(e) };
      },
      ...placeOnly,
    ],
    [
      "x for x̂ in γ",
      ({ x, ...p }) => {
        const e = normError(p, x);
        const { s, hat } = normalised(x);
        const d = e.map((v) => v * p.gamma);
        return {
          x: d.map((v, i) => (v - mean(d) - hat[i]! * mean(d.map((u, j) => u * hat[j]!))) / s),
          gamma: dot(e, x),
          beta: sum(e),
        };
      },
      ...placeOnly,
    ],
    [
      "β averaged",
      ({ x, ...p }) => {
        const e = normError(p, x);
        const { s, hat } = normalised(x);
        const d = e.map((v) => v * p.gamma);
        return {
          x: d.map((v, i) => (v - mean(d) - hat[i]! * mean(d.map((u, j) => u * hat[j]!))) / s),
          gamma: dot(e, hat),
          beta: mean(e),
        };
      },
      "factor",
      "divided twice",
    ],
  ],
});

interface Head {
  readonly q: Row;
  readonly K: Matrix;
  readonly V: Matrix;
}
const head: Head = {
  q: [0.9, -0.4],
  K: [
    [0.5, 0.3],
    [-0.6, 1.1],
    [0.8, -0.2],
  ],
  V: [
    [1.0, 0.2],
    [-0.3, 0.7],
    [0.4, -0.9],
  ],
};
const look = [0.5, -0.1];
const root = Math.SQRT1_2;
const attend = ({ q, K, V }: Head) => {
  const a = softmax(timesVector(K, q).map((v) => v * root));
  const o = look.map((_, j) => sum(a.map((v, k) => v * V[k]![j]!)));
  return { a, o, d: o.map((v, j) => v - look[j]!) };
};
const headGrad = (p: Head, { spread = true, scaled = true } = {}) => {
  const { a, d } = attend(p);
  const da = p.V.map((row) => dot(row, d));
  const ds = a.map((v, k) => v * (da[k]! - (spread ? dot(a, da) : 0)) * (scaled ? root : 1));
  return {
    q: p.q.map((_, j) => sum(ds.map((v, k) => v * p.K[k]![j]!))),
    K: outer(ds, p.q),
    V: outer(a, d),
  };
};
export const attention = subject<Head>({
  name: "attention of one query, no batch",
  f: (p) => 0.5 * sum(attend(p).d.map((v) => v * v)),
  right: (p) => headGrad(p),
  parameters: head,
  wrong: [
    ["1/√d is missing", (p) => headGrad(p, { scaled: false }), "factor"],
    ["softmax taken entry by entry", (p) => headGrad(p, { spread: false }), ...behaviour],
    [
      "V without the weights",
      (p) => ({ ...headGrad(p), V: p.V.map(() => attend(p).d) }),
      ...placeOnly,
      "missing factor",
    ],
    ["K transposed", (p) => ({ ...headGrad(p), K: transposed(headGrad(p).K) }), "transposed shape"],
    [
      "q and the keys' sum exchanged",
      (p) => ({ ...headGrad(p), q: addedRows(headGrad(p).K) }),
      ...placeOnly,
    ],
  ],
});

interface Three {
  readonly anchor: Row;
  readonly positive: Row;
  readonly negative: Row;
}
const three: Three = {
  anchor: [0.4, -0.3, 0.8],
  positive: [0.9, 0.1, 0.5],
  negative: [-0.2, 0.6, 1.1],
};
const gap = (a: Row, b: Row) => a.map((v, i) => v - b[i]!);
const squared = (a: Row, b: Row) => sum(gap(a, b).map((v) => v * v));
const twice = (a: Row) => a.map((v) => 2 * v);
export const tripletOfThree = subject<Three>({
  name: "triplet, no batch",
  f: (t) => Math.max(0, squared(t.anchor, t.positive) - squared(t.anchor, t.negative) + 1.5),
  right: (t) => {
    const on = squared(t.anchor, t.positive) - squared(t.anchor, t.negative) + 1.5 > 0 ? 2 : 0;
    return {
      anchor: gap(t.negative, t.positive).map((v) => on * v),
      positive: gap(t.positive, t.anchor).map((v) => on * v),
      negative: gap(t.anchor, t.negative).map((v) => on * v),
    };
  },
  parameters: three,
  wrong: [
    [
      "the 2 is missing",
      (t) => ({
        anchor: gap(t.negative, t.positive),
        positive: gap(t.positive, t.anchor),
        negative: gap(t.anchor, t.negative),
      }),
      "factor",
    ],
    [
      "the negative has the wrong sign",
      (t) => ({
        anchor: twice(gap(t.negative, t.positive)),
        positive: twice(gap(t.positive, t.anchor)),
        negative: twice(gap(t.negative, t.anchor)),
      }),
      "sign",
    ],
    [
      "the anchor sees the positive only",
      (t) => ({
        anchor: twice(gap(t.anchor, t.positive)),
        positive: twice(gap(t.positive, t.anchor)),
        negative: twice(gap(t.anchor, t.negative)),
      }),
      ...behaviour,
    ],
    [
      "positive and negative exchanged",
      (t) => ({
        anchor: twice(gap(t.negative, t.positive)),
        negative: twice(gap(t.positive, t.anchor)),
        positive: twice(gap(t.anchor, t.negative)),
      }),
      "swapped",
      "permuted",
    ],
    [
      "the anchor is forgotten",
      (t) => ({
        anchor: [0, 0, 0],
        positive: twice(gap(t.positive, t.anchor)),
        negative: twice(gap(t.anchor, t.negative)),
      }),
      "never set",
    ],
    [
      "0, as if the margin were met",
      () => ({ anchor: [0, 0, 0], positive: [0, 0, 0], negative: [0, 0, 0] }),
      "never set",
    ],
  ],
});

interface Pairs {
  readonly a: readonly Row[];
  readonly b: readonly Row[];
  readonly same: Row;
}
const pairs: Pairs = {
  a: [
    [0.5, 1.2],
    [-0.8, 0.3],
    [1.1, -0.4],
    [0.2, 0.9],
  ],
  b: [
    [0.1, 0.7],
    [0.4, -0.5],
    [0.9, 0.2],
    [1.6, -1.0],
  ],
  same: [1, 0, 0, 1],
};
const apart = (M: Matrix, d: Pairs, i: number) => timesVector(M, gap(d.a[i]!, d.b[i]!));
const pairGrad = (slope: (u: Row, same: number) => Row) => (M: Matrix, d: Pairs) =>
  times(
    1 / 4,
    addedMatrices(
      d.a.map((_, i) => outer(slope(apart(M, d, i), d.same[i]!), gap(d.a[i]!, d.b[i]!))),
    ),
  );
const far = (u: Row) => Math.hypot(...u);
export const contrastivePairs = subject<Matrix, Pairs>({
  name: "contrastive pairs",
  f: (M, d) =>
    mean(
      d.same.map((s, i) => {
        const r = far(apart(M, d, i));
        return s ? r * r : Math.max(0, 1.5 - r) ** 2;
      }),
    ),
  right: pairGrad((u, s) =>
    s ? twice(u) : u.map((v) => (-2 * Math.max(0, 1.5 - far(u)) * v) / far(u)),
  ),
  parameters: [
    [0.8, -0.3],
    [0.4, 0.9],
  ],
  options: { batch: pairs },
  wrong: [
    [
      "pairs that differ pull together",
      pairGrad((u, s) =>
        s ? twice(u) : u.map((v) => (2 * Math.max(0, 1.5 - far(u)) * v) / far(u)),
      ),
      "region",
      "part of the batch",
      "absolute",
    ],
    [
      "like pairs alone",
      pairGrad((u, s) => (s ? twice(u) : [0, 0])),
      "region",
      "part of the batch",
    ],
    [
      "transposed",
      (M, d) =>
        transposed(
          pairGrad((u, s) =>
            s ? twice(u) : u.map((v) => (-2 * Math.max(0, 1.5 - far(u)) * v) / far(u)),
          )(M, d),
        ),
      "transposed",
    ],
    [
      "not divided by the distance",
      pairGrad((u, s) => (s ? twice(u) : u.map((v) => -2 * Math.max(0, 1.5 - far(u)) * v))),
      "region",
      "part of the batch",
      "missing factor",
    ],
  ],
});

const other = [0.6, -0.9, 1.4];
const length = (v: Row) => Math.hypot(...v);
export const cosine = subject<Row>({
  name: "cosine distance, no batch",
  f: (u) => 1 - dot(u, other) / (length(u) * length(other)),
  right: (u) => {
    const c = dot(u, other) / (length(u) * length(other));
    return u.map((v, i) => -(other[i]! / (length(u) * length(other)) - (c * v) / length(u) ** 2));
  },
  parameters: [1.1, 0.3, -0.7],
  wrong: [
    [
      "the length treated as a constant",
      (u) => other.map((v) => -v / (length(u) * length(other))),
      ...behaviour,
    ],
    [
      "of the similarity",
      (u) => {
        const c = dot(u, other) / (length(u) * length(other));
        return u.map((v, i) => other[i]! / (length(u) * length(other)) - (c * v) / length(u) ** 2);
      },
      "sign",
    ],
    [
      "not divided by |u|",
      (u) => {
        const c = dot(u, other) / (length(u) * length(other));
        return u.map((v, i) => -(other[i]! / length(other) - (c * v) / length(u)));
      },
      "factor",
    ],
  ],
});

export const rosenbrock = subject<{ readonly x: number; readonly y: number }>({
  name: "Rosenbrock's valley",
  f: ({ x, y }) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  right: ({ x, y }) => ({ x: -2 * (1 - x) - 400 * x * (y - x * x), y: 200 * (y - x * x) }),
  parameters: { x: -1.2, y: 0.7 },
  wrong: [
    [
      "the inner derivative of x² forgotten",
      ({ x, y }) => ({ x: -2 * (1 - x) - 200 * (y - x * x), y: 200 * (y - x * x) }),
      ...placeOnly,
      "factor",
    ],
    [
      "x and y exchanged",
      ({ x, y }) => ({ y: -2 * (1 - x) - 400 * x * (y - x * x), x: 200 * (y - x * x) }),
      "swapped",
      "permuted",
    ],
    [
      "the first term forgotten",
      ({ x, y }) => ({ x: -400 * x * (y - x * x), y: 200 * (y - x * x) }),
      ...behaviour,
      "factor",
    ],
    [
      "100 for 200",
      ({ x, y }) => ({ x: -2 * (1 - x) - 400 * x * (y - x * x), y: 100 * (y - x * x) }),
      "factor",
    ],
  ],
});

export const power = subject<number>({
  name: "x³ sin x",
  f: (x) => x ** 3 * Math.sin(x),
  right: (x) => 3 * x * x * Math.sin(x) + x ** 3 * Math.cos(x),
  parameters: 1.3,
  wrong: [
    ["the product of the derivatives", (x) => 3 * x * x * Math.cos(x), "factor", ...placeOnly],
    ["the first factor's derivative alone", (x) => 3 * x * x * Math.sin(x), "factor", ...placeOnly],
    ["the function itself", (x) => x ** 3 * Math.sin(x), "factor", ...placeOnly, "a step"],
  ],
});

const logistic = (w: Float32Array) => sigmoid(w[0]! * 1.5 + w[1]! * -0.7 + w[2]! * 0.4);
export const single = subject<Float32Array>({
  name: "one sample in float32",
  f: (w) => -Math.log(logistic(w)),
  right: (w) => Float32Array.from([1.5, -0.7, 0.4], (x) => (logistic(w) - 1) * x),
  parameters: Float32Array.from([0.3, -0.2, 0.8]),
  wrong: [
    ["the sign", (w) => Float32Array.from([1.5, -0.7, 0.4], (x) => (1 - logistic(w)) * x), "sign"],
    [
      "one percent too much",
      (w) => Float32Array.from([1.5, -0.7, 0.4], (x) => 1.01 * (logistic(w) - 1) * x),
      "factor",
    ],
    [
      "the last left out",
      (w) => Float32Array.from([1.5, -0.7, 0], (x) => (logistic(w) - 1) * x),
      "never set",
      "some entries",
    ],
  ],
});

export const networks: readonly Subject[] = [
  tanhNetwork,
  reluNetwork,
  deepNetwork,
  embedding,
  convolution,
  recurrent,
  batchNorm,
  attention,
  tripletOfThree,
  contrastivePairs,
  cosine,
  rosenbrock,
  power,
  single,
];
