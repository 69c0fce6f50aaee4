import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adabelief,
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  averagedMomentum,
  gradientDescent,
  heavyBall,
  lion,
  muon,
  nadam,
  nesterov,
  type Optimizer,
  radam,
  rmsprop,
  rprop,
  sgd,
  signDescent,
  tensor,
} from "../../src/index.ts";

/** Every law below holds for every optimizer in this list. A new one joins by being listed. */
const makers: ((settings: { learningRate: number | ((t: number) => number) }) => Optimizer)[] = [
  gradientDescent,
  sgd,
  (o) => sgd({ ...o, momentum: 0.5, dampening: 0.2, weightDecay: 0.1 }),
  (o) => sgd({ ...o, momentum: 0.5, nesterov: true }),
  heavyBall,
  (o) => heavyBall({ ...o, variant: "keras" }),
  averagedMomentum,
  (o) => averagedMomentum({ ...o, correctBias: true }),
  nesterov,
  (o) => nesterov({ ...o, variant: "keras" }),
  (o) => nesterov({ ...o, variant: "lookahead" }),
  adagrad,
  (o) => adagrad({ ...o, variant: "text" }),
  (o) => adagrad({ ...o, variant: "keras" }),
  adadelta,
  rmsprop,
  (o) => rmsprop({ ...o, variant: "keras", centred: true, momentum: 0.5 }),
  adam,
  (o) => adam({ ...o, variant: "keras" }),
  (o) => adam({ ...o, variant: "tensorflow.js" }),
  (o) => adam({ ...o, variant: "text" }),
  adamw,
  amsgrad,
  (o) => amsgrad({ ...o, variant: "optax" }),
  (o) => amsgrad({ ...o, variant: "keras" }),
  (o) => amsgrad({ ...o, variant: "paper" }),
  adamax,
  (o) => adamax({ ...o, variant: "keras" }),
  nadam,
  (o) => nadam({ ...o, variant: "keras" }),
  (o) => nadam({ ...o, variant: "optax" }),
  radam,
  (o) => radam({ ...o, variant: "optax" }),
  lion,
  (o) => lion({ ...o, weightDecay: 0.1 }),
  adabelief,
  signDescent,
  muon,
  rprop,
];
const learningRate = 0.02;

const bowl = (x: readonly number[]) => x.map((xi, i) => 2 * (i + 1) * xi);

function run(optimizer: Optimizer, steps: number, from = [3, -2], begin = optimizer.start(2)) {
  let [x, state] = [from, begin];
  for (let i = 0; i < steps; i++) {
    const asked = optimizer.lookAt?.(x, state) ?? x;
    const next = optimizer.step(bowl(Array.from(asked)), state, x);
    x = x.map((xi, j) => xi + next.move[j]!);
    state = next.state;
  }
  return { x, state };
}

const gradients = fc.array(
  fc.double({ min: -100, max: 100, noNaN: true }).map((g) => (Math.abs(g) < 1e-3 ? 0.5 : g)),
  { minLength: 1, maxLength: 5 },
);

describe.each(
  makers.map((make) => {
    const optimizer = make({ learningRate });
    return [optimizer.name, optimizer.settings, optimizer, make] as const;
  }),
)("%s %j", (_, __, optimizer, make) => {
  test("comes down in a bowl", () => {
    const height = ([x, y]: readonly number[]) => x! * x! + 2 * y! * y!;
    expect(height(run(optimizer, 200).x)).toBeLessThan(height([3, -2]));
  });

  test("continues from a state saved as JSON as if it had never stopped", () => {
    const half = run(optimizer, 5);
    const restored = JSON.parse(JSON.stringify(half.state));
    expect(run(optimizer, 5, half.x, restored)).toEqual(run(optimizer, 10));
  });

  test("takes tensors for lists", () => {
    const state = optimizer.start(2);
    const [g, x] = [tensor([1, -2]), tensor([3, 4])];
    expect(optimizer.step(g, state, x)).toEqual(optimizer.step([1, -2], state, [3, 4]));
  });

  test("changes none of its arguments", () => {
    const [g, x, state] = [[1, 2], [3, 4], run(optimizer, 2).state];
    const before = structuredClone({ g, x, state });
    optimizer.step(g, state, x);
    expect({ g, x, state }).toEqual(before);
  });

  test("makes the same step in place, bit for bit", () =>
    fc.assert(
      fc.property(gradients, (g) => {
        const state = optimizer.start(g.length);
        const kept = structuredClone(state);
        const move = new Float64Array(g.length);
        const parameters = g.map((_, i) => i);
        optimizer.stepInPlace(Float64Array.from(g), kept, move, parameters);
        expect({ move, state: kept }).toEqual(optimizer.step(g, state, parameters));
      }),
    ));

  test("makes its first step downhill in every coordinate", () =>
    fc.assert(
      fc.property(gradients, (g) => {
        const { move } = optimizer.step(g, optimizer.start(g.length), new Float64Array(g.length));
        move.forEach((m, i) => {
          expect(m * g[i]!).toBeLessThan(0);
        });
      }),
    ));

  test("counts its steps and takes the rate of a schedule at each", () => {
    const asked: number[] = [];
    const scheduled = make({
      learningRate: (t) => {
        asked.push(t);
        return t < 3 ? learningRate : 0;
      },
    });
    const { x, state } = run(scheduled, 3);
    expect({ x, state }).toEqual(run(optimizer, 3));
    expect(asked.slice(-3)).toEqual([0, 1, 2]);
    expect(state.t).toBe(3);
  });

  test("states its rule in TeX, its name and a dated source", () => {
    expect(optimizer.rule.join()).toMatch(/\\theta \\leftarrow/);
    expect(optimizer.name).toMatch(/^[A-Z]/);
    expect(optimizer.source).toMatch(/\(\d{4}\)/);
  });

  test.each([0, -1, Number.NaN, Infinity])("refuses a learning rate of %d", (learningRate) => {
    expect(() => make({ learningRate })).toThrow(
      `learningRate must be a positive number, but it is ${learningRate}.`,
    );
  });

  test("refuses a schedule that gives a negative rate, naming the step", () => {
    const falling = make({ learningRate: (t) => 0.1 - t });
    const { state } = run(falling, 1);
    expect(() => falling.step([1, 1], state, [0, 0])).toThrow("after 1 steps it gives -0.9");
  });

  test("refuses NaN in the gradient and names the entry", () => {
    expect(() => optimizer.step([1, Number.NaN], optimizer.start(2), [0, 0])).toThrow(
      "gradient[1] is NaN after 0 steps",
    );
  });
});

test("refuses a gradient of another length than the state", () => {
  expect(() => adam().step([1, 2, 3], adam().start(2))).toThrow(
    "The gradient has 3 entries, but the state was started for 2 (its m).",
  );
});

test.each<Optimizer>([adamw(), lion({ weightDecay: 0.1 }), sgd({ weightDecay: 0.1 })])(
  "$name asks for the parameters that it is to shrink",
  (optimizer) => {
    expect(() => optimizer.step([1, 2], optimizer.start(2))).toThrow(TypeError);
  },
);

test.each([
  [() => adam({ beta1: 1 }), "beta1 must be at least 0 and below 1, but it is 1."],
  [
    () => rprop({ grow: 1 }),
    "grow must be above 1 and shrink between 0 and 1, but they are 1 and 0.5.",
  ],
  [() => rprop({ shortest: 2, longest: 1 }), "longest must be at least shortest (2), but it is 1."],
  [() => muon({ momentum: 1 }), "momentum must be at least 0 and below 1, but it is 1."],
  [() => adam({ epsilon: -1 }), "epsilon must be zero or a positive number, but it is -1."],
  [() => heavyBall({ beta: Number.NaN }), "beta must be at least 0 and below 1, but it is NaN."],
  [() => sgd({ dampening: Number.NaN }), "dampening must be a share from 0 to 1, but it is NaN."],
  [() => sgd({ nesterov: true }), "nesterov needs momentum above 0"],
  [() => adamw({ weightDecay: -1 }), "weightDecay must be zero or a positive number"],
])("%s names what is wrong", (make, message) => {
  expect(make).toThrow(message);
});

describe("what the lessons say of them", () => {
  test("the averaged form is the heavy ball with learning rate α(1−β)", () => {
    const averaged = run(averagedMomentum({ learningRate: 0.1, beta: 0.9 }), 50).x;
    run(heavyBall({ learningRate: 0.01, beta: 0.9 }), 50).x.forEach((x, i) => {
      expect(x).toBeCloseTo(averaged[i]!, 12);
    });
  });

  test("Nesterov's rewritten form stands where the printed form looks ahead", () => {
    const printed = run(nesterov({ learningRate: 0.01, variant: "lookahead" }), 30);
    const ahead = nesterov({ variant: "lookahead" }).lookAt?.(printed.x, printed.state as never);
    run(nesterov({ learningRate: 0.01 }), 30).x.forEach((x, i) => {
      expect(x).toBeCloseTo(ahead![i]!, 12);
    });
  });

  test("Adam's first step has length learningRate whatever the slope, unless ε matters", () => {
    const first = (g: number) => adam({ learningRate: 1 }).step([g], adam().start(1)).move[0]!;
    expect(first(1)).toBeCloseTo(-1, 7);
    expect(first(1e6)).toBeCloseTo(-1, 12);
    expect(first(1e-6)).toBeCloseTo(-0.990099, 6);
  });

  test("Adam without bias correction begins 3.162 times too long, and is 6.57 times at step 12", () => {
    const text = adam({ learningRate: 1, variant: "text" });
    let state = text.start(1);
    const lengths = Array.from({ length: 40 }, () => {
      const next = text.step([1], state);
      state = next.state;
      return -next.move[0]!;
    });
    expect(lengths[0]).toBeCloseTo(3.1623, 4);
    expect(Math.max(...lengths)).toBeCloseTo(lengths[11]!, 12);
    expect(lengths[11]).toBeCloseTo(6.57, 2);
  });
});

test("SGD without momentum has no velocity to dampen, as in PyTorch", () => {
  const dampened = sgd({ learningRate: 0.1, dampening: 0.9 });
  let state = dampened.start(1);
  for (const gradient of [3, -2, 5]) {
    const { move, state: next } = dampened.step([gradient], state);
    expect(move[0]).toBe(-0.1 * gradient);
    state = next;
  }
});
