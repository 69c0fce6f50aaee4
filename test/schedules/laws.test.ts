import { describe, expect, test } from "vitest";
import {
  constantRate,
  cosineDecay,
  cosineRestarts,
  cyclic,
  exponentialDecay,
  gradientDescent,
  inverseSqrt,
  inverseTime,
  learningRateFinder,
  multiStepDecay,
  oneCycle,
  polynomialDecay,
  reduceOnPlateau,
  type Schedule,
  stepDecay,
  warmUp,
} from "../../src/index.ts";

const falling: Schedule[] = [
  stepDecay({ rate: 0.1 }),
  multiStepDecay({ rate: 0.1 }),
  exponentialDecay({ rate: 0.1 }),
  polynomialDecay({ rate: 0.1 }),
  polynomialDecay({ rate: 0.1, power: 2, end: 0.01 }),
  cosineDecay({ rate: 0.1 }),
  inverseTime({ rate: 0.1 }),
  inverseTime({ rate: 0.1, shape: "stairs", every: 7 }),
];
const schedules: Schedule[] = [
  ...falling,
  constantRate({ rate: 0.1 }),
  cosineRestarts({ rate: 0.1 }),
  cosineRestarts({ rate: 0.1, growth: 1, peaks: 0.7, end: 0.01 }),
  warmUp(stepDecay({ rate: 0.1 })),
  cyclic({ high: 0.1 }),
  cyclic({ high: 0.1, peaks: "halving" }),
  oneCycle({ peak: 0.1 }),
  inverseSqrt({ rate: 0.1 }),
  learningRateFinder({ to: 0.1, steps: 150 }).schedule,
];
const steps = Array.from({ length: 150 }, (_, t) => t);

describe.each(schedules.map((schedule) => [schedule.name, schedule.settings, schedule] as const))(
  "%s %j",
  (_, __, schedule) => {
    test("gives a rate from 0 to the highest at every step", () => {
      for (const t of steps) {
        expect(schedule(t)).toBeGreaterThanOrEqual(0);
        expect(schedule(t)).toBeLessThanOrEqual(0.1 * (1 + 1e-12));
      }
    });

    test("gives the same rate whenever it is asked", () => {
      const forwards = steps.map(schedule);
      expect(steps.toReversed().map(schedule)).toEqual(forwards.toReversed());
    });

    test("drives an optimizer", () => {
      const optimizer = gradientDescent({ learningRate: schedule });
      const { move } = optimizer.step([1], { t: 17 });
      expect(move[0]).toBe(-schedule(17));
    });

    test("refuses a step before the first", () => {
      expect(() => schedule(-1)).toThrow(RangeError);
      expect(() => schedule(Number.NaN)).toThrow("but got NaN");
    });

    test("states its formula, its name and a dated source", () => {
      expect(schedule.formula).toMatch(/\\alpha/);
      expect(schedule.name).toMatch(/^[A-Z]/);
      expect(schedule.source).toMatch(/\(\d{4}\)/);
    });
  },
);

test.each(falling.map((schedule) => [schedule.name, schedule] as const))(
  "%s never rises",
  (_, schedule) => {
    steps.slice(1).forEach((t) => {
      expect(schedule(t)).toBeLessThanOrEqual(schedule(t - 1));
    });
  },
);

test("cosine decay is monotone within its period, restarts are not", () => {
  const rises = (schedule: Schedule) =>
    steps.slice(1, 100).filter((t) => schedule(t) > schedule(t - 1)).length;
  expect(rises(cosineDecay({ rate: 0.1 }))).toBe(0);
  expect(rises(cosineRestarts({ rate: 0.1 }))).toBe(3);
});

test("restarts may come to lower peaks over their end, as Keras' with m_mul and alpha", () => {
  const schedule = cosineRestarts({ rate: 0.1, steps: 4, growth: 1, peaks: 0.5, end: 0.02 });
  for (const t of steps) {
    const cosine = 0.5 * 0.5 ** Math.floor(t / 4) * (1 + Math.cos((Math.PI * (t % 4)) / 4));
    expect(schedule(t)).toBeCloseTo(0.1 * ((1 - 0.2) * cosine + 0.2), 15);
  }
});

test("inverse time is Keras' formula, smooth or in stairs", () => {
  for (const t of steps) {
    const options = { rate: 0.3, decay: 0.5, every: 20 };
    expect(inverseTime(options)(t)).toBeCloseTo(0.3 / (1 + (0.5 * t) / 20), 15);
    const stairs = inverseTime({ ...options, shape: "stairs" })(t);
    expect(stairs).toBeCloseTo(0.3 / (1 + 0.5 * Math.floor(t / 20)), 15);
  }
});

test("a warm-up hands over without a jump", () => {
  const schedule = warmUp(cosineDecay({ rate: 0.1 }), { steps: 10 });
  expect(schedule(10)).toBe(0.1);
  expect(schedule(10 - 1e-9)).toBeCloseTo(0.1, 9);
});

test("the finder reads a blow-up, and numbers that are none, as the end", () => {
  const finder = learningRateFinder({ from: 1e-3, to: 1, steps: 3 });
  expect(finder.read([3, 2, 1, Number.NaN])).toEqual({
    atMinimum: finder.schedule(2),
    blowUp: 1,
    suggestion: finder.schedule(2) / 10,
  });
  expect(finder.read([3, 2]).blowUp).toBeUndefined();
  expect(() => finder.read([])).toThrow("of 0 none is a number");
});

test("a plateau leaves the state it was given as it is", () => {
  const plateau = reduceOnPlateau({ patience: 0 });
  const state = plateau.step(1, plateau.start());
  const before = structuredClone(state);
  plateau.step(2, state);
  expect(state).toEqual(before);
});

test.each([
  [() => constantRate({ rate: 0 }), "rate must be a positive number, but it is 0."],
  [() => stepDecay({ factor: 2 }), "factor must lie between 0 and 1, but it is 2."],
  [() => stepDecay({ every: 0.5 }), "every must be a whole number of steps above 0"],
  [() => cosineDecay({ rate: 0.1, end: 0.2 }), "end must lie between 0 and rate (0.1)"],
  [() => multiStepDecay({ milestones: [30, 20] }), "in rising order, but they are [30, 20]"],
  [() => cyclic({ low: 1, high: 0.5 }), "high must be above low (1), but it is 0.5."],
  [() => oneCycle({ rise: 1 }), "rise must leave steps for the way up and the way down"],
  [() => inverseTime({ decay: -1 }), "decay must be zero or a positive number, but it is -1."],
  [() => cosineRestarts({ peaks: 0 }), "peaks must lie between 0 and 1, but it is 0."],
  [() => warmUp(constantRate(), { from: 2 }), "from must be a share between 0 and 1"],
  [() => reduceOnPlateau({ patience: -1 }), "patience must be at least 0, but it is -1."],
  [() => reduceOnPlateau().step(Number.NaN, reduceOnPlateau().start()), "watched value is NaN"],
])("%s names what is wrong", (make, message) => {
  expect(make).toThrow(message);
});

test("a plateau takes no negative loss that is worse for better, nor a share of a better one for enough", () => {
  const rateAfter = (...losses: number[]) => {
    const plateau = reduceOnPlateau({ patience: 0, threshold: 0.01 });
    return losses.reduce((state, loss) => plateau.step(loss, state), plateau.start()).rate;
  };
  expect(rateAfter(-1, -0.995)).toBeCloseTo(0.01, 15);
  expect(rateAfter(-1, -1.005)).toBeCloseTo(0.01, 15);
  expect(rateAfter(-1, -1.02)).toBe(0.1);
});

test("a finder reads negative losses by their distance from the lowest", () => {
  const finder = learningRateFinder({ from: 1, to: 1000, steps: 3 });
  expect(finder.read([1, -2, -1.9, 5]).blowUp).toBe(1000);
  expect(finder.read([1, -2, -1.9, 3]).blowUp).toBeUndefined();
  expect(
    [[1, -2], [1, -2, -1.9], [1, -2, 5], [1, NaN], []].map((each) => finder.isOver(each)),
  ).toEqual([false, false, true, true, false]);
});
