import { matmul, random, tensor } from "../../../src/index.ts";
import { dot, type Matrix, type Row, sigmoid, softmax, softplus, sum } from "./Subject.ts";

/** A right gradient that a careless check would call wrong. */
export interface RightOne {
  readonly name: string;
  readonly f: (parameters: never, batch: never) => unknown;
  readonly gradient: (parameters: never, batch: never) => unknown;
  readonly parameters: unknown;
  readonly batch?: unknown;
}

/** A right gradient with its types checked against each other. */
const right = <P, B = undefined>(
  name: string,
  f: (parameters: P, batch: B) => unknown,
  gradient: (parameters: P, batch: B) => unknown,
  parameters: P,
  batch?: B,
): RightOne => ({ name, f, gradient, parameters, batch }) as unknown as RightOne;

interface Data {
  readonly x: Matrix;
  readonly y: Row;
}
type Loss = readonly [
  name: string,
  loss: (z: number, y: number) => number,
  slope: (z: number, y: number) => number,
];

const huberSlope = (r: number) => Math.max(-1, Math.min(1, r));
const losses: readonly Loss[] = [
  ["squared error", (z, y) => (z - y) ** 2, (z, y) => 2 * (z - y)],
  ["absolute error", (z, y) => Math.abs(z - y), (z, y) => Math.sign(z - y)],
  [
    "Huber",
    (z, y) => huberSlope(z - y) * (z - y - huberSlope(z - y) / 2),
    (z, y) => huberSlope(z - y),
  ],
  ["log-cosh", (z, y) => Math.log(Math.cosh(z - y)), (z, y) => Math.tanh(z - y)],
  ["quantile", (z, y) => Math.max(0.3 * (y - z), 0.7 * (z - y)), (z, y) => (z > y ? 0.7 : -0.3)],
  [
    "hinge",
    (z, y) => Math.max(0, 1 - Math.sign(y) * z),
    (z, y) => (Math.sign(y) * z < 1 ? -Math.sign(y) : 0),
  ],
  [
    "logistic",
    (z, y) => softplus(-Math.sign(y) * z),
    (z, y) => -Math.sign(y) * sigmoid(-Math.sign(y) * z),
  ],
  ["Poisson", (z, y) => Math.exp(z) - y * z, (z, y) => Math.exp(z) - y],
];

const over =
  (loss: Loss[1], divide = true) =>
  (w: ArrayLike<number>, { x, y }: Data) => {
    let total = 0;
    for (let i = 0; i < y.length; i++) total += loss(dot(Array.from(w), x[i]!), y[i]!);
    return divide ? total / y.length : total;
  };
const slopes =
  (slope: Loss[2], divide = true) =>
  (w: ArrayLike<number>, { x, y }: Data) => {
    const g = [0, 0];
    for (let i = 0; i < y.length; i++) {
      const e = slope(dot(Array.from(w), x[i]!), y[i]!);
      for (let j = 0; j < 2; j++) g[j]! += e * x[i]![j]!;
    }
    return divide ? g.map((v) => v / y.length) : g;
  };

function made(count: number, seed: number, size = 1): Data {
  const draw = random(seed).normal([count, 3]).data;
  return {
    x: Array.from({ length: count }, (_, i) => [size * draw[3 * i]!, size * draw[3 * i + 1]!]),
    y: Array.from({ length: count }, (_, i) => draw[3 * i + 2]!),
  };
}

const w = [0.4, -0.7];
const onKinks: Data = {
  x: [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 2],
  ],
  y: [1, -1, 1, 2],
};
const single = (of: ReturnType<typeof slopes>) => (at: Float32Array, data: Data) =>
  Float32Array.from(of(at, data));

const ofLosses = losses.flatMap(([name, loss, slope]) => [
  right(`${name}, 3000 samples`, over(loss), slopes(slope), w, made(3000, 3)),
  right(
    `${name}, a sum over 3000 samples`,
    over(loss, false),
    slopes(slope, false),
    w,
    made(3000, 4),
  ),
  right(`${name}, float32`, over(loss), single(slopes(slope)), Float32Array.from(w), made(50, 5)),
  right(`${name}, inputs of size 10⁻⁸`, over(loss), slopes(slope), w, made(9, 6, 1e-8)),
  right(`${name}, where residuals are 0 or 1`, over(loss), slopes(slope), [1, 1], onKinks),
  right(
    `${name}, a billionth beside a kink`,
    over(loss),
    slopes(slope),
    [1 + 1e-9, 1 - 1e-9],
    onKinks,
  ),
]);

/** Beyond this many samples one loss stands for all, since each value takes its time. */
const [, squared, squaredSlope] = losses[0]!;
const crowd = right(
  "squared error, 100 000 samples",
  over(squared),
  slopes(squaredSlope),
  w,
  made(100_000, 8),
);

const bowl = (size: number) => (x: Row) => size * sum(x.map((v) => v * v));
const bowlSlope = (size: number) => (x: Row) => x.map((v) => 2 * size * v);
const scales = [1e-8, 1e-4, 1e4, 1e8].flatMap((size) => [
  right(`a bowl ${size} times as steep`, bowl(size), bowlSlope(size), [0.3, -1.2, 2]),
  right(`a bowl at parameters of size ${size}`, bowl(1), bowlSlope(1), [0.3 * size, -1.2 * size]),
]);

const far = [3e4, -2e4];
const special = [
  right(
    "a constant",
    () => 7,
    () => [0, 0, 0],
    [1, 2, 3],
  ),
  right(
    "a function of one of three",
    (x: Row) => x[1]! ** 3,
    (x: Row) => [0, 3 * x[1]! ** 2, 0],
    [1, 2, 3],
  ),
  right("a minimum", bowl(1), bowlSlope(1), [0, 0]),
  right(
    "|x| at 0, with slope 0",
    (x: number) => Math.abs(x),
    () => 0,
    0,
  ),
  right(
    "|x| at 0, with slope 1",
    (x: number) => Math.abs(x),
    (x: number) => (x >= 0 ? 1 : -1),
    0,
  ),
  right(
    "relu at 0, with slope ½",
    (x: number) => Math.max(0, x),
    (x: number) => (x > 0 ? 1 : x < 0 ? 0 : 0.5),
    0,
  ),
  right(
    "max of two where they are equal",
    ([a, b]: [number, number]) => Math.max(a, b),
    ([a, b]: [number, number]) => (a >= b ? [1, 0] : [0, 1]),
    [2, 2] as [number, number],
  ),
  right(
    "√x near 0",
    (x: number) => Math.sqrt(x),
    (x: number) => 0.5 / Math.sqrt(x),
    1e-4,
  ),
  right(
    "1/x near 0",
    (x: number) => 1 / x,
    (x: number) => -1 / (x * x),
    1e-3,
  ),
  right("log x at 10⁸", Math.log, (x: number) => 1 / x, 1e8),
  right(
    "exp at 300",
    (x: number) => Math.exp(x),
    (x: number) => Math.exp(x),
    300,
  ),
  right(
    "sin of a large number",
    (x: number) => Math.sin(x),
    (x: number) => Math.cos(x),
    1000,
  ),
  right(
    "a fast wave",
    (x: number) => Math.sin(200 * x),
    (x: number) => 200 * Math.cos(200 * x),
    0.3,
  ),
  right(
    "a saturated sigmoid",
    (x: number) => sigmoid(x),
    (x: number) => sigmoid(x) * (1 - sigmoid(x)),
    40,
  ),
  right(
    "a saturated tanh",
    (x: number) => Math.tanh(x),
    (x: number) => 1 - Math.tanh(x) ** 2,
    12,
  ),
  right(
    "a million beside a small slope",
    (x: number) => 1e6 + 1e-3 * x * x,
    (x: number) => 2e-3 * x,
    2,
  ),
  right(
    "a sum of terms that cancel",
    (x: Row) => 1e8 + sum(x.map((v) => v * v)) - 1e8,
    (x: Row) => x.map((v) => 2 * v),
    [0.5, 1.5],
  ),
  right(
    "logits of thousands",
    (z: Row) => Math.max(...z) + Math.log(sum(z.map((v) => Math.exp(v - Math.max(...z))))),
    (z: Row) => softmax(z),
    [3000, 2999, 2990],
  ),
  right(
    "parameters of tens of thousands",
    (x: Row) => sum(x.map((v) => softplus(v))),
    (x: Row) => x.map(sigmoid),
    far,
  ),
  right(
    "noise in the eighth digit",
    (x: number) => x * x * (1 + 1e-10 * Math.sin(1e9 * x)),
    (x: number) => 2 * x,
    1.3,
  ),
  right(
    "float32 inside the function",
    (x: Row) => Math.fround(sum(x.map((v) => Math.fround(v * v)))),
    (x: Row) => x.map((v) => Math.fround(2 * v)),
    [0.5, -1.25, 3],
  ),
  right(
    "a float32 tensor",
    (W: never) =>
      matmul(tensor([[1, 2, 3]]), W)
        .square()
        .sum(),
    (W: never) => matmul(tensor([[1], [2], [3]]), matmul(tensor([[1, 2, 3]]), W).mul(2)),
    tensor([[0.3], [-0.5], [0.8]], { dtype: "float32" } as never) as never,
  ),
  right(
    "a step without a slope",
    (x: number) => Math.floor(x) + x,
    () => 1,
    0.5,
  ),
  right(
    "a kink between two parameters",
    ([a, b]: [number, number]) => Math.abs(a - b),
    ([a, b]: [number, number]) => [Math.sign(a - b), -Math.sign(a - b)],
    [1, 1] as [number, number],
  ),
];

export const rightOnes: readonly RightOne[] = [...ofLosses, crowd, ...scales, ...special];
