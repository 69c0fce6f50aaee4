import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adabelief,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  asgd,
  averagedMomentum,
  ftrl,
  gradientDescent,
  heavyBall,
  lamb,
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
  asgd,
  (o) => asgd({ ...o, decay: 0.1, averageFrom: 2, weightDecay: 0.1 }),
  adafactor,
  (o) => adafactor({ ...o, variant: "keras", weightDecay: 0.1 }),
  ftrl,
  (o) => ftrl({ ...o, l2: 0.1, l2Shrinkage: 0.1, beta: 1 }),
  lamb,
  (o) => lamb({ ...o, weightDecay: 0.1 }),
  (o) => lamb({ ...o, variant: "keras", weightDecay: 0.1 }),
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

test.each<Optimizer>([
  adamw(),
  lion({ weightDecay: 0.1 }),
  sgd({ weightDecay: 0.1 }),
  asgd(),
  adafactor(),
  ftrl(),
  lamb(),
])("$name asks for the parameters that its step depends on", (optimizer) => {
  expect(() => optimizer.step([1, 2], optimizer.start(2))).toThrow(TypeError);
});

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
  [() => asgd({ decay: -1 }), "decay must be zero or a positive number, but it is -1."],
  [() => ftrl({ l1: Number.NaN }), "l1 must be zero or a positive number, but it is NaN."],
  [() => lamb({ beta2: 1 }), "beta2 must be at least 0 and below 1, but it is 1."],
  [() => adafactor({ clip: 0 }), "clip must be a positive number, but it is 0."],
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

describe("what sets the newer ones apart", () => {
  test("averaged SGD keeps the mean of its places from the step on that it is told", () => {
    const optimizer = asgd({ learningRate: 0.1, decay: 0, averageFrom: 2 });
    let [place, state] = [[10], optimizer.start(1)];
    const places: number[] = [];
    for (const slope of [5, -3, 8, 1, -4]) {
      const next = optimizer.step([slope], state, place);
      [place, state] = [[place[0]! + next.move[0]!], next.state];
      places.push(place[0]!);
      const counted = places.slice(Math.min(places.length - 1, 3));
      expect(state.average[0]).toBeCloseTo(counted.reduce((a, b) => a + b) / counted.length, 12);
    }
  });

  test("FTRL keeps a parameter exactly at 0 until its gradients pull harder than l1", () => {
    const optimizer = ftrl({ learningRate: 1, l1: 2.5 });
    let [place, state] = [[0, 0], optimizer.start(2)];
    const walk = [1, 1, 1].map((slope) => {
      const next = optimizer.step([slope, 0.1], state, place);
      state = next.state;
      place = place.map((x, i) => x + next.move[i]!);
      return place;
    });
    expect(walk.map(([x]) => x === 0)).toEqual([true, true, false]);
    expect(walk.map(([, y]) => y)).toEqual([0, 0, 0]);
  });

  test("FTRL stands still where a schedule has come down to 0", () => {
    const optimizer = ftrl({ learningRate: (t) => (t === 0 ? 0.1 : 0) });
    const { state } = optimizer.step([1], optimizer.start(1), [0]);
    const still = optimizer.step([1], state, [5]);
    expect(still.move[0]).toBe(0);
    expect(still.state).toEqual({ ...state, t: 2 });
  });

  test("FTRL without penalties and from 0 is AdaGrad", () => {
    const [first, second] = [
      ftrl({ learningRate: 0.3 }),
      adagrad({ learningRate: 0.3, variant: "keras", epsilon: 0 }),
    ];
    const bend = ([x, y]: readonly number[]) => [2 * (x! - 3), 4 * (y! + 2)];
    let [here, there, z, G] = [[0, 0], [0, 0], first.start(2), second.start(2)];
    for (let t = 0; t < 20; t++) {
      const [a, b] = [first.step(bend(here), z, here), second.step(bend(there), G)];
      [z, G] = [a.state, b.state];
      here = here.map((x, i) => x + a.move[i]!);
      there = there.map((x, i) => x + b.move[i]!);
    }
    here.forEach((x, i) => {
      expect(x).toBeCloseTo(there[i]!, 12);
    });
  });

  test.each([1e-6, 1, 1e6])(
    "LAMB and Adafactor move each parameter by the same share, also of size %d",
    (size) => {
      const parts = [
        { start: 0, shape: [2, 2] },
        { start: 4, shape: [2] },
      ];
      const at = [3, 0, 0, 4, 1, 0].map((x, i) => (i < 4 ? x * size : x));
      const slopes = [7, -1, 2, 5, 3, -8].map((g) => g * size);
      const far = (list: ArrayLike<number>, from: number, to: number) =>
        Math.hypot(...Array.from(list).slice(from, to));
      for (const optimizer of [
        lamb({ learningRate: 0.05, epsilon: 0 }),
        adafactor({ learningRate: 0.05, epsilon: 0, smallest: 0 }),
      ] as Optimizer[]) {
        const { move } = optimizer.step(slopes, optimizer.start(6, parts), at);
        expect(far(move, 0, 4) / far(at, 0, 4)).toBeCloseTo(0.05, 2);
        expect(far(move, 4, 6) / far(at, 4, 6)).toBeCloseTo(0.05, 12);
      }
    },
  );

  test("Adafactor remembers a matrix by its rows and columns, which give the squares of one of rank one", () => {
    const optimizer = adafactor();
    const start = optimizer.start(6, [{ start: 0, shape: [3, 2] }]);
    const [down, along] = [
      [1, 2, 3],
      [5, 7],
    ];
    const slopes = down.flatMap((x) => along.map((y) => x * y));
    const { state } = optimizer.step(slopes, start, slopes);
    const { rows, columns } = state.parts.matrices[0]!;
    expect([rows.length, columns.length]).toEqual([3, 2]);
    state.squares.forEach((square, i) => {
      expect(square).toBeCloseTo(slopes[i]! ** 2, 10);
    });
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
