import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  adam,
  bceWithLogits,
  datasets,
  gradientDescent,
  models,
  muon,
  type Optimizer,
  random,
  type Tensor,
  type TrainingState,
  tensor,
  train,
} from "../../src/index.ts";

interface Golden {
  readonly steep: readonly (readonly number[])[];
  readonly goal: readonly (readonly number[])[];
  readonly walks: readonly {
    readonly options: object;
    readonly shape: readonly [number, number];
    readonly points: readonly (readonly number[])[];
  }[];
}
const { muon: golden } = JSON.parse(readFileSync("test/fixtures/optax.json", "utf8")) as {
  readonly muon: Golden;
};
const [steep, goal] = [tensor(golden.steep), tensor(golden.goal)];

function walk(optimizer: Optimizer, shape: readonly [number, number], steps: number): number[][] {
  const slopeAt = (w: Tensor) =>
    shape[0] === 3 ? steep.matmul(w.sub(goal)) : w.sub(goal.transpose()).matmul(steep);
  let point = new Array<number>(6).fill(0);
  let state = optimizer.start(6, [{ start: 0, shape }]);
  return Array.from({ length: steps }, () => {
    const gradient = slopeAt(tensor(point).reshape(shape)).reshape([-1]).data;
    const next = optimizer.step(gradient, state, point);
    state = next.state;
    point = point.map((x, i) => x + next.move[i]!);
    return point;
  });
}

test.each(golden.walks.map((each) => [each.options, each.shape, each] as const))(
  "walks as Optax's Muon does: %j on %j",
  (options, shape, { points }) => {
    walk(muon(options), shape, points.length).forEach((point, t) => {
      point.forEach((x, i) => {
        const theirs = points[t]![i]!;
        expect(Math.abs(x - theirs) / Math.max(1e-3, Math.abs(theirs))).toBeLessThan(1e-12);
      });
    });
  },
);

describe("a step of Muon", () => {
  const parts = [
    { start: 0, shape: [5, 3] },
    { start: 15, shape: [3] },
  ];
  const gradient = random(3).normal([18]).data;
  const zeros = new Float64Array(18);
  const stepOf = (optimizer: ReturnType<typeof muon>) =>
    optimizer.step(gradient, optimizer.start(18, parts), zeros);

  test("has singular values near 1 in a matrix, whatever the gradient's are", () => {
    const { move } = stepOf(muon({ learningRate: 1 }));
    const step = tensor(move.slice(0, 15)).reshape([5, 3]);
    const square = step.transpose().matmul(step).toArray() as number[][];
    square.forEach((row, i) => {
      row.forEach((entry, j) => {
        if (i === j) expect(Math.sqrt(entry)).toBeGreaterThan(0.65);
        expect(Math.abs(entry)).toBeLessThan(i === j ? 1.25 ** 2 : 0.5);
      });
    });
  });

  test("looks a step ahead by the share of the present gradient", () => {
    const optimizer = muon({ learningRate: 1, momentum: 0.9 });
    const plain = muon({ learningRate: 1, momentum: 0.9, nesterov: false });
    const second = tensor(gradient).mul(-1).add(0.5).data;
    const [ahead, behind] = [optimizer, plain].map((each) => {
      const { state } = each.step(gradient, each.start(18, parts), zeros);
      return each.step(second, state, zeros).move;
    });
    // Nesterov's direction is that of a mean with the present gradient once more.
    const mean = gradient.map((g, i) => 0.9 * 0.1 * g + 0.1 * second[i]!);
    const along = mean.map((m, i) => 0.1 * second[i]! + 0.9 * m);
    const fresh = muon({ learningRate: 1, momentum: 0, nesterov: false });
    const expected = fresh.step(along, fresh.start(18, parts), zeros).move;
    for (let i = 0; i < 15; i++) expect(ahead![i]).toBeCloseTo(expected[i]!, 12);
    expect(ahead).not.toEqual(behind);
  });

  test("leaves what is no matrix to another optimizer, Adam unless said otherwise", () => {
    const biases = gradient.slice(15);
    for (const others of [adam(), gradientDescent({ learningRate: 0.3 })]) {
      const { move } = stepOf(muon({ others }));
      const { move: alone } = others.step(biases, others.start(3), zeros);
      expect(move.slice(15)).toEqual(alone);
    }
    expect(stepOf(muon()).move.slice(15)).toEqual(stepOf(muon({ others: adam() })).move.slice(15));
  });

  test("is refused without the parameters, which it may shrink", () => {
    expect(() => muon().step([1, 2], muon().start(2))).toThrow(/must see them/);
  });
});

test("a network trained by Muon knows its matrices, and is resumed as if it had never stopped", () => {
  const model = models.mlp({ layers: [2, 8, 8, 1], activation: "tanh" });
  const data = datasets.moons({ samples: 80 });
  const options = {
    loss: bceWithLogits(),
    optimizer: muon,
    learningRate: 0.02,
    batchSize: 16,
    epochs: 12,
  };
  const whole = train(model, data, options);
  expect(whole.history.train.at(-1)).toBeLessThan(whole.history.train[0]! / 2);
  const held = whole.state.optimizer as ReturnType<ReturnType<typeof muon>["start"]>;
  expect(held.matrices.places).toEqual([
    [0, 2, 8],
    [24, 8, 8],
    [96, 8, 1],
  ]);
  const part = train(model, data, { ...options, steps: 17 });
  const resume = JSON.parse(JSON.stringify(part.state)) as TrainingState;
  expect(train(model, data, { ...options, resume }).state).toEqual(whole.state);
});

test("is shown with the name of the optimizer that moves the rest", () => {
  const show = Reflect.get(muon({ others: adam() }), Symbol.for("Jupyter.display")) as () => Record<
    string,
    string
  >;
  expect(show()["text/plain"]).toMatch(/^Muon \(.*scale = width, others = Adam\)/);
});
