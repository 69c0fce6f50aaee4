import { describe, expect, test } from "vitest";
import {
  gaussNewton,
  lbfgs,
  levenbergMarquardt,
  type Minimizer,
  type MinimizerState,
  minimize,
  newton,
} from "../../src/index.ts";

type Point = ArrayLike<number>;
/** Rosenbrock's valley, with everything any minimizer may ask. */
const valley = {
  valueAndGradient: (p: Point) => {
    const [x, y] = [p[0]!, p[1]!];
    return {
      value: 100 * (y - x * x) ** 2 + (1 - x) ** 2,
      gradient: [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)],
    };
  },
  hessian: (p: Point) => [
    [1200 * p[0]! ** 2 - 400 * p[1]! + 2, -400 * p[0]!],
    [-400 * p[0]!, 200],
  ],
  // ½ Σ r² of these is half of the value above.
  residualsAndJacobian: (p: Point) => ({
    residuals: [10 * (p[1]! - p[0]! * p[0]!), 1 - p[0]!],
    jacobian: [
      [-20 * p[0]!, 10],
      [-1, 0],
    ],
  }),
};
/** A bowl with condition number 100 in three parameters, turned out of the axes. */
const H = [
  [50, 20, 1],
  [20, 10, 0],
  [1, 0, 1],
];
const bowl = {
  valueAndGradient: (p: Point) => {
    const gradient = H.map((row) => row.reduce((sum, h, j) => sum + h * p[j]!, -1));
    const value = gradient.reduce((sum, g, i) => sum + ((g - 1) * p[i]!) / 2, 0);
    return { value, gradient };
  },
  hessian: () => H,
};

const minimizers: Minimizer<typeof valley, MinimizerState>[] = [
  lbfgs(),
  lbfgs({ memory: 3 }),
  newton(),
  newton({ guarded: false }),
  levenbergMarquardt(),
  gaussNewton(),
] as never;

describe.each(minimizers.map((m) => [m.name, m.settings, m] as const))(
  "%s %j",
  (_, __, minimizer) => {
    test("arrives at the bottom of Rosenbrock's valley", () => {
      const { last } = minimize(minimizer, valley, [-1.2, 1]);
      expect(last.outcome).toBe("arrived");
      last.parameters.forEach((x) => {
        expect(x).toBeCloseTo(1, 6);
      });
      expect(last.t).toBeLessThan(80);
    });

    test("continues from a state saved as JSON as if it had never stopped", () => {
      const { states } = minimize(minimizer, valley, [-1.2, 1]);
      let state = JSON.parse(JSON.stringify(states[2] ?? states[0]));
      for (const next of states.slice(3)) {
        state = minimizer.step(valley, state);
        expect(state).toEqual(next);
      }
    });

    test("changes neither the state nor the start it is given", () => {
      const start = Object.freeze([-1.2, 1]);
      const state = minimizer.start(valley, start);
      const before = structuredClone(state);
      minimizer.step(valley, state);
      expect(state).toEqual(before);
    });

    test("states its rule in TeX, its name and a dated source", () => {
      expect(minimizer.rule.join()).toContain(String.raw`\theta`);
      expect(minimizer.source).toMatch(/\(\d{4}\)/);
    });
  },
);

test("L-BFGS fulfils the strong Wolfe conditions in every step", () => {
  const { states } = minimize(lbfgs(), valley, [-1.2, 1]);
  expect(states.length).toBeGreaterThan(10);
  states.slice(1).forEach((next, i) => {
    const last = states[i]!;
    const step = next.parameters.map((x, j) => x - last.parameters[j]!);
    const slope = (g: readonly number[]) => g.reduce((sum, each, j) => sum + each * step[j]!, 0);
    expect(next.value).toBeLessThanOrEqual(
      last.value + 1e-4 * slope(last.gradient) + 1e-15 * last.value,
    );
    expect(Math.abs(slope(next.gradient))).toBeLessThanOrEqual(-0.9 * slope(last.gradient));
  });
});

test("L-BFGS arrives at the bottom of a long bowl in few steps", () => {
  const { last } = minimize(lbfgs({ flat: 1e-10 }), bowl, [3, -2, 5]);
  expect(last.outcome).toBe("arrived");
  expect(last.t).toBeLessThan(25);
});

test("Newton lands on the bottom of a bowl in one step, with or without guard", () => {
  for (const guarded of [true, false]) {
    const { last } = minimize(newton({ guarded }), bowl, [3, -2, 5]);
    expect(last.t).toBe(1);
    bowl.valueAndGradient(last.parameters).gradient.forEach((slope) => {
      expect(slope).toBeCloseTo(0, 10);
    });
  }
});

test("Newton's right digits double near the minimum", () => {
  const { states } = minimize(newton({ flat: 0 }), valley, [1.01, 1.01], { steps: 6 });
  const errors = states
    .map(({ parameters: [x] }) => Math.abs(x! - 1))
    .filter((error) => error > 1e-15);
  const [last, before] = [errors.at(-1)!, errors.at(-2)!];
  expect(last).toBeLessThan(100 * before ** 2);
});

test("without guard Newton climbs to a saddle, with it walks away", () => {
  const saddle = {
    valueAndGradient: ([x, y]: Point & Iterable<number>) => ({
      value: x! ** 2 - y! ** 2 + y! ** 4,
      gradient: [2 * x!, -2 * y! + 4 * y! ** 3],
    }),
    hessian: ([, y]: Point & Iterable<number>) => [
      [2, 0],
      [0, -2 + 12 * y! ** 2],
    ],
  };
  expect(
    minimize(newton({ guarded: false }), saddle as never, [1, 0.1]).last.parameters[1],
  ).toBeCloseTo(0, 8);
  expect(Math.abs(minimize(newton(), saddle as never, [1, 0.1]).last.parameters[1]!)).toBeCloseTo(
    Math.SQRT1_2,
    6,
  );
});

test("a singular system is stuck, and more damping helps", () => {
  const flat = {
    residualsAndJacobian: (p: Point) => ({ residuals: [p[0]! + p[1]! - 1], jacobian: [[1, 1]] }),
  };
  expect(minimize(gaussNewton(), flat, [0, 0]).last.outcome).toBe("stuck");
  expect(minimize(levenbergMarquardt(), flat, [0, 0]).last.outcome).toBe("arrived");
});

test.each([
  [() => lbfgs({ memory: 0 }), "memory must be a whole number above 0, but it is 0."],
  [() => newton({ flat: -1 }), "flat must be zero or a positive number"],
  [() => levenbergMarquardt({ damping: -1 }), "damping must be zero or a positive number"],
  [
    () => lbfgs().start({ valueAndGradient: () => ({ value: Number.NaN, gradient: [1] }) }, [5]),
    "at [5] the value is NaN",
  ],
  [
    () => lbfgs().start({ valueAndGradient: () => ({ value: 1, gradient: [1, 2] }) }, [5]),
    "The gradient has 2 entries for 1 parameters.",
  ],
])("%s names what is wrong", (attempt, message) => {
  expect(attempt).toThrow(message);
});
