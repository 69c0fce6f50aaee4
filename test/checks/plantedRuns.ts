import type { RunRecord } from "../../src/checks/index.ts";
import { clusters, line, moons } from "../../src/data/index.ts";
import { random, type Tensor, tensor, zeros } from "../../src/engine/index.ts";
import * as losses from "../../src/losses/index.ts";
import { adam, gradientDescent, heavyBall, signDescent } from "../../src/optimizers/index.ts";
import { type CostOptions, type Samples, train } from "../../src/training/index.ts";

/** A run that was really made, and the faults that would be right to name; none for a healthy one. */
export interface PlantedRun {
  readonly name: string;
  readonly run: () => RunRecord;
  readonly faults: readonly string[];
}

interface Layer {
  readonly W: Tensor;
  readonly b: Tensor;
}
type Layers = Readonly<Record<string, Layer>>;
type Bend = (z: Tensor) => Tensor;

/** A network of layers; the last one is linear and gives one number for each sample. */
const network = (p: Layers, x: Tensor, bend: Bend): Tensor => {
  const all = Object.values(p);
  return all.reduce((h, { W, b }, i) => {
    const z = h.matmul(W).add(b);
    return i < all.length - 1 ? bend(z) : z;
  }, x);
};
const tanh: Bend = (z) => z.tanh();
const relu: Bend = (z) => z.relu();
const sigmoid: Bend = (z) => z.sigmoid();

/** Layers of these widths with normal weights of the given gain over √inputs. */
function layersOf(widths: readonly number[], gain = 1, seed = 1): Layers {
  const { normal } = random(seed);
  const entries = widths.slice(1).map((outputs, i) => {
    const inputs = widths[i]!;
    const W = normal([inputs, outputs], 0, gain / Math.sqrt(inputs));
    return [`layer${i + 1}`, { W, b: zeros([outputs]) }] as const;
  });
  return Object.fromEntries(entries);
}

const cost =
  (bend: Bend, loss = losses.bceWithLogits()) =>
  (p: Layers, x: Tensor, y: Tensor) =>
    loss(network(p, x, bend).reshape([-1]), y);

const straight = (loss = losses.mse()) => {
  const total = ({ w, b }: { w: Tensor; b: Tensor }, x: Tensor, y: Tensor) =>
    loss(x.matmul(w).add(b), y);
  return total;
};
const flat = (features: number) => ({ w: zeros([features]), b: tensor(0) });

// The structure of the parameters is that of the cost beside it.
function history<P>(
  f: unknown,
  data: Samples,
  options: Omit<CostOptions<never, unknown>, "parameters"> & { parameters: P },
) {
  const run = train(f as never, data, options as never) as unknown as {
    history: RunRecord;
    parameters: P;
  };
  return { ...run.history, end: run.parameters };
}

const two = moons({ samples: 120, noise: 0.15 });
const held = moons({ samples: 80, noise: 0.15, seed: 5 });
const points = { x: tensor([[1], [2], [3], [4]]), y: tensor([3, 5, 7, 9]) };
const blobs = clusters({ samples: 120 });

const classesOf = (outputs: Tensor) => Array.from(outputs.data, (z) => Number(z > 0));
const rowsOf = (h: Tensor) => h.toArray() as number[][];

/** 5 % of another class, which the features hardly show. */
const rare = (() => {
  const { normal, next } = random(9);
  const y = tensor(Array.from({ length: 300 }, () => Number(next() < 0.05)));
  return { x: normal([300, 2]).add(y.reshape([300, 1]).mul(0.7)), y };
})();

/** Twenty samples with forty features, of which one means something. */
const wide = (seed: number) => {
  const { normal } = random(seed);
  const x = normal([20, 40]);
  const meant = x.slice(0, 1, 1).reshape([20]);
  return { x, y: meant.add(normal([20])).greater(0) };
};

export const faulty: readonly PlantedRun[] = [
  {
    name: "a line beyond 2/λmax",
    run: () => history(straight(), points, { parameters: flat(1), learningRate: 0.13, epochs: 60 }),
    faults: ["diverged"],
  },
  {
    name: "raw features of 1000",
    run: () =>
      history(
        straight(),
        { x: points.x.mul(1000), y: points.y },
        {
          parameters: flat(1),
          learningRate: 0.01,
          epochs: 30,
        },
      ),
    faults: ["diverged"],
  },
  {
    name: "a fourth power from far away",
    run: () =>
      history(
        (p: { x: Tensor }) => p.x.pow(4),
        { x: [[0]], y: [0] },
        {
          parameters: { x: tensor(3) },
          learningRate: 0.1,
          epochs: 6,
        },
      ),
    faults: ["diverged"],
  },
  {
    name: "a line at a rate of 1e-5",
    run: () =>
      history(straight(), points, { parameters: flat(1), learningRate: 1e-5, epochs: 200 }),
    faults: ["too slow"],
  },
  {
    name: "a network at a rate of 1e-3",
    run: () =>
      history(cost(tanh), two, {
        parameters: layersOf([2, 16, 1]),
        learningRate: 1e-3,
        epochs: 200,
      }),
    faults: ["too slow"],
  },
  {
    name: "Adam at 1e-6",
    run: () =>
      history(cost(tanh), two, {
        parameters: layersOf([2, 16, 1]),
        optimizer: adam({ learningRate: 1e-6 }),
        epochs: 100,
      }),
    faults: ["too slow"],
  },
  {
    name: "absolute error with a constant step",
    run: () =>
      history(straight(losses.mae()), points, {
        parameters: flat(1),
        learningRate: 0.1,
        epochs: 200,
      }),
    faults: ["oscillating"],
  },
  {
    name: "Adam at 1 in batches of four",
    run: () =>
      history(cost(tanh), moons({ samples: 120, noise: 0.5 }), {
        parameters: layersOf([2, 16, 1]),
        optimizer: adam({ learningRate: 1 }),
        epochs: 60,
        batchSize: 4,
      }),
    faults: ["oscillating"],
  },
  {
    name: "signs of the gradient with a constant step",
    run: () =>
      history(straight(), points, {
        parameters: flat(1),
        optimizer: signDescent({ learningRate: 0.3 }),
        epochs: 100,
      }),
    faults: ["oscillating"],
  },
  {
    name: "squared error of a saturated sigmoid",
    run: () =>
      history(
        (p: { w: Tensor; b: Tensor }, x: Tensor, y: Tensor) =>
          losses.mse()(x.matmul(p.w).add(p.b).sigmoid(), y),
        { x: [[1], [2], [3]], y: [0, 0, 0] },
        { parameters: { w: tensor([9]), b: tensor(3) }, learningRate: 0.5, epochs: 100 },
      ),
    faults: ["plateau"],
  },
  {
    name: "all weights 0",
    run: () =>
      history(cost(tanh), two, {
        parameters: layersOf([2, 8, 1], 0),
        learningRate: 0.1,
        epochs: 80,
      }),
    faults: ["plateau"],
  },
  {
    name: "a product of small factors",
    run: () =>
      history(
        (p: { u: Tensor; v: Tensor; w: Tensor }) => p.u.mul(p.v).mul(p.w).sub(1).square(),
        { x: [[0]], y: [0] },
        {
          parameters: { u: tensor(0.05), v: tensor(0.05), w: tensor(0.05) },
          learningRate: 0.05,
          epochs: 300,
        },
      ),
    faults: ["plateau"],
  },
  {
    name: "twelve layers of sigmoids",
    run: () =>
      history(cost(sigmoid), two, {
        parameters: layersOf([2, ...Array(11).fill(8), 1]),
        learningRate: 0.1,
        epochs: 30,
      }),
    faults: ["vanishing gradient", "plateau"],
  },
  {
    name: "ten layers of tanh with a tenth of Xavier's weights",
    run: () =>
      history(cost(tanh), two, {
        parameters: layersOf([2, ...Array(9).fill(8), 1], 0.1),
        learningRate: 0.1,
        epochs: 30,
      }),
    faults: ["vanishing gradient", "plateau"],
  },
  {
    name: "ten layers of ReLU with six times He's weights",
    run: () =>
      history(cost(relu), two, {
        parameters: layersOf([2, ...Array(9).fill(16), 1], 6 * Math.SQRT2),
        learningRate: 1e-18,
        epochs: 12,
      }),
    faults: ["exploding gradient", "oscillating", "too slow", "plateau"],
  },
  {
    name: "ReLU units killed by one long step",
    run: () => {
      const { end, ...seen } = history(cost(relu), two, {
        parameters: layersOf([2, 16, 1]),
        optimizer: heavyBall({ learningRate: 6 }),
        epochs: 60,
      });
      const { W, b } = end.layer1!;
      return { ...seen, activations: { layer1: rowsOf(two.x.matmul(W).add(b).relu()) } };
    },
    faults: ["dead units", "plateau", "oscillating"],
  },
  {
    name: "tanh units at the ends of their range",
    run: () => {
      const { end, ...seen } = history(cost(tanh), two, {
        parameters: layersOf([2, 16, 1], 60),
        learningRate: 0.05,
        epochs: 80,
      });
      const { W, b } = end.layer1!;
      return { ...seen, activations: { layer1: rowsOf(two.x.matmul(W).add(b).tanh()) } };
    },
    faults: ["saturated units", "too slow"],
  },
  {
    name: "a large network on 16 noisy samples",
    run: () =>
      history(cost(tanh), moons({ samples: 16, noise: 0.5 }), {
        parameters: layersOf([2, 64, 64, 1]),
        optimizer: adam({ learningRate: 0.01 }),
        epochs: 300,
        validation: moons({ samples: 100, noise: 0.5, seed: 8 }),
      }),
    faults: ["overfitting"],
  },
  {
    name: "more features of chance than samples",
    run: () =>
      history(straight(losses.bceWithLogits()), wide(1), {
        parameters: flat(40),
        learningRate: 0.5,
        epochs: 400,
        validation: wide(2),
      }),
    faults: ["overfitting"],
  },
  {
    name: "accuracy on 95 to 5",
    run: () => {
      const { end, ...seen } = history(straight(losses.bceWithLogits()), rare, {
        parameters: flat(2),
        learningRate: 0.5,
        epochs: 100,
      });
      const predictions = classesOf(rare.x.matmul(end.w).add(end.b));
      return { ...seen, labels: rare.y.data, predictions, metric: "accuracy" };
    },
    faults: ["wrong metric", "class collapse"],
  },
  {
    name: "three classes, one of them rare and hard to tell",
    run: () => {
      const { normal, next } = random(12);
      const y = tensor(
        Array.from({ length: 300 }, () => [0, 1, 0, 1, 2][Math.floor(4.3 * next())]!),
      );
      const x = normal([300, 2]).add(y.reshape([300, 1]).minimum(1).mul([2, 0]));
      const model = (p: { w: Tensor; b: Tensor }, at: Tensor) => at.matmul(p.w).add(p.b);
      const { end, ...seen } = history(
        (p: { w: Tensor; b: Tensor }, at: Tensor, of: Tensor) =>
          losses.sparseCategoricalCrossEntropy()(model(p, at), of),
        { x, y },
        { parameters: { w: zeros([2, 3]), b: zeros([3]) }, learningRate: 0.3, epochs: 100 },
      );
      const predictions = rowsOf(model(end, x)).map((row) => row.indexOf(Math.max(...row)));
      return { ...seen, labels: y.data, predictions };
    },
    faults: ["class collapse"],
  },
];

const scaled = line({ samples: 80 });

export const healthyRuns: readonly PlantedRun[] = [
  {
    name: "a line",
    run: () =>
      history(straight(), points, { parameters: flat(1), learningRate: 0.05, epochs: 300 }),
    faults: [],
  },
  {
    name: "a line with noise and held-out samples",
    run: () =>
      history(straight(), scaled, {
        parameters: flat(1),
        learningRate: 0.02,
        epochs: 100,
        validation: line({ samples: 40, seed: 7 }),
      }),
    faults: [],
  },
  {
    name: "the text's own run of 1000 epochs",
    run: () =>
      history(straight(), points, { parameters: flat(1), learningRate: 0.01, epochs: 1000 }),
    faults: [],
  },
  {
    name: "a logistic model in mini-batches",
    run: () => {
      const { end, ...seen } = history(straight(losses.bceWithLogits()), two, {
        parameters: flat(2),
        learningRate: 0.1,
        epochs: 60,
        batchSize: 16,
        validation: held,
      });
      return {
        ...seen,
        labels: held.y.data,
        predictions: classesOf(held.x.matmul(end.w).add(end.b)),
      };
    },
    faults: [],
  },
  {
    name: "a network with Adam, all of it looked at",
    run: () => {
      const { end, ...seen } = history(cost(tanh), two, {
        parameters: layersOf([2, 16, 1]),
        optimizer: adam({ learningRate: 0.01 }),
        epochs: 150,
        batchSize: 32,
        validation: held,
      });
      const { W, b } = end.layer1!;
      return {
        ...seen,
        activations: { layer1: rowsOf(held.x.matmul(W).add(b).tanh()) },
        labels: held.y.data,
        predictions: classesOf(network(end, held.x, tanh)),
        metric: "accuracy",
      };
    },
    faults: [],
  },
  {
    name: "six layers of ReLU with He's weights",
    run: () => {
      const { end, ...seen } = history(cost(relu), two, {
        parameters: layersOf([2, 32, 32, 32, 32, 32, 1], Math.SQRT2),
        optimizer: adam({ learningRate: 0.003 }),
        epochs: 60,
        validation: held,
      });
      const { W, b } = end.layer1!;
      return { ...seen, activations: { layer1: rowsOf(held.x.matmul(W).add(b).relu()) } };
    },
    faults: [],
  },
  {
    name: "Huber with an outlier",
    run: () =>
      history(
        straight(losses.huber()),
        { x: points.x, y: [3, 5, 7, 40] },
        {
          parameters: flat(1),
          learningRate: 0.1,
          epochs: 300,
        },
      ),
    faults: [],
  },
  {
    name: "absolute error with a step that decays",
    run: () =>
      history(straight(losses.mae()), points, {
        parameters: flat(1),
        optimizer: gradientDescent,
        learningRate: (step: number) => 0.5 / (1 + step),
        epochs: 300,
      } as never),
    faults: [],
  },
  {
    name: "three classes",
    run: () => {
      const model = (p: { w: Tensor; b: Tensor }, x: Tensor) => x.matmul(p.w).add(p.b);
      const { end, ...seen } = history(
        (p: { w: Tensor; b: Tensor }, x: Tensor, y: Tensor) =>
          losses.sparseCategoricalCrossEntropy()(model(p, x), y),
        blobs,
        {
          parameters: { w: zeros([2, 3]), b: zeros([3]) },
          learningRate: 0.1,
          epochs: 80,
          batchSize: 20,
        },
      );
      const predictions = rowsOf(model(end, blobs.x)).map((row) => row.indexOf(Math.max(...row)));
      return { ...seen, labels: blobs.y.data, predictions };
    },
    faults: [],
  },
  {
    name: "momentum on noisy moons with held-out samples",
    run: () =>
      history(cost(tanh), moons({ samples: 200, noise: 0.3 }), {
        parameters: layersOf([2, 8, 1]),
        optimizer: heavyBall({ learningRate: 0.1 }),
        epochs: 120,
        batchSize: 25,
        validation: moons({ samples: 100, noise: 0.3, seed: 4 }),
      }),
    faults: [],
  },
  {
    name: "signs on noisy targets, judged after a fixed number of epochs",
    run: () =>
      history(
        straight(losses.hinge()),
        { x: two.x, y: two.y.mul(2).sub(1) },
        {
          parameters: flat(2),
          learningRate: 0.05,
          epochs: 150,
          batchSize: 20,
        },
      ),
    faults: [],
  },
];
