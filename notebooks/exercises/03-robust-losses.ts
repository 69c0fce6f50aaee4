import { exercise } from "downhill";

export const huberGrad = exercise<(residual: number, delta: number) => number>({
  lesson: "03",
  name: "huberGrad",
  task: "Write the slope of the Huber loss at one residual.",
  cases: [
    [0.5, 1],
    [-0.5, 1],
    [3, 1],
    [-3, 1],
    [3, 10],
    [5, 2],
    [-0.3, 0.1],
  ],
  starter: () => 0,
  solution: (residual, delta) => {
    if (Math.abs(residual) <= delta) return residual;
    return delta * Math.sign(residual);
  },
  mistakes: [
    {
      attempt: (residual) => residual,
      says: "Right where |r| ≤ δ, wrong where |r| > δ: there the pull must stop growing. Nothing is cut off yet.",
    },
    {
      attempt: (residual, delta) => delta * Math.sign(residual),
      says: "Right where |r| > δ, wrong where |r| ≤ δ: near zero the Huber loss is a parabola, and its slope is r.",
    },
    {
      attempt: (residual, delta) => (Math.abs(residual) <= delta ? residual : delta),
      says: "Right except where r < −δ: far below zero the slope is −δ, so the sign of r is missing.",
    },
    {
      attempt: (residual, delta) => (residual <= delta ? residual : delta),
      says: "Right for r ≥ −δ. Far below zero the pull must stop growing, too: compare |r| with δ, not r.",
    },
    {
      attempt: (residual, delta) =>
        Math.abs(residual) <= 1 ? residual : delta * Math.sign(residual),
      says: "The pieces meet at ±1 whatever δ is. They meet at ±δ.",
    },
    {
      attempt: (residual, delta) =>
        Math.abs(residual) <= delta ? 2 * residual : delta * Math.sign(residual),
      says: "Twice too large where |r| ≤ δ: the Huber loss is ½·r² there, and the ½ takes away the 2.",
    },
    {
      attempt: (residual, delta) => (Math.abs(residual) <= delta ? residual : Math.sign(residual)),
      says: "Where |r| > δ your slope is ±1 whatever δ is. It is ±δ: otherwise the two pieces would not join.",
    },
    {
      attempt: (residual, delta) =>
        Math.abs(residual) <= delta ? delta * Math.sign(residual) : residual,
      says: "The two pieces are swapped: the parabola is inside, |r| ≤ δ, the straight lines are outside.",
    },
    {
      attempt: (residual, delta) =>
        Math.abs(residual) <= delta ? -residual : -delta * Math.sign(residual),
      says: "Right size, wrong sign: where the prediction is too high, r > 0, the loss grows with it.",
    },
    {
      attempt: (residual, delta) =>
        Math.abs(residual) <= delta
          ? residual ** 2 / 2
          : delta * (Math.abs(residual) - delta / 2),
      says: "That is the Huber loss itself. Its slope is asked for.",
    },
  ],
  hints: [
    "Two pieces. What is the slope of ½·r², and what is the slope of δ·(|r| − δ/2)?",
    "Inside, |r| ≤ δ, it is r. Outside it has size δ and the sign of r.",
    "if (Math.abs(residual) <= delta) return residual; and otherwise delta * Math.sign(residual).",
  ],
});

export const stableLogCosh = exercise<(residual: number) => number>({
  lesson: "03",
  name: "stableLogCosh",
  task: "Write log cosh r so that it is right for every r.",
  cases: [[0], [0.1], [1], [-2], [30], [-710], [2000], [-2000]],
  starter: () => 0,
  solution: (residual) => {
    const size = Math.abs(residual);
    return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
  },
  mistakes: [
    {
      attempt: (residual) => Math.log(Math.cosh(residual)),
      says: "Right until cosh overflows, then Infinity. Take the large factor e^|r| out before the logarithm.",
    },
    {
      attempt: (residual) => {
        const size = Math.abs(residual);
        return size + Math.log1p(Math.exp(-2 * size));
      },
      says: "Too large by log 2 everywhere: cosh r is e^|r|·(1 + e^(−2|r|)) divided by 2.",
    },
    {
      attempt: (residual) => residual + Math.log1p(Math.exp(-2 * residual)) - Math.LN2,
      says: "Right for r ≥ 0; below zero e^(−2r) overflows. Use |r|: the function is the same on both sides.",
    },
    {
      attempt: (residual) => Math.abs(residual) - Math.LN2,
      says: "Right far away only. Near zero the term log(1 + e^(−2|r|)) counts; at 0 it is log 2.",
    },
    {
      attempt: (residual) => {
        const size = Math.abs(residual);
        return size + Math.log1p(Math.exp(2 * size)) - Math.LN2;
      },
      says: "The sign in the exponent is wrong: e^(2|r|) overflows, e^(−2|r|) vanishes.",
    },
  ],
  hints: [
    "cosh r = (e^r + e^(−r)) / 2. Which of the two terms is the large one?",
    "With a = |r|: cosh r = e^a · (1 + e^(−2a)) / 2. Now take the logarithm of the product.",
    "a + Math.log1p(Math.exp(-2 * a)) - Math.LN2",
  ],
});

export const pinball = exercise<(prediction: number, target: number, level: number) => number>({
  lesson: "03",
  name: "pinball",
  task: "Write the quantile loss of one sample.",
  cases: [
    [10, 14, 0.9],
    [14, 10, 0.9],
    [5, 8, 0.25],
    [8, 5, 0.25],
    [7, 7, 0.5],
  ],
  starter: () => 0,
  solution: (prediction, target, level) => {
    const residual = prediction - target;
    return residual < 0 ? -level * residual : (1 - level) * residual;
  },
  mistakes: [
    {
      attempt: (prediction, target, level) => {
        const residual = prediction - target;
        return residual < 0 ? -(1 - level) * residual : level * residual;
      },
      says: "The two sides are swapped: predicting too low costs level per unit, too high 1 − level.",
    },
    {
      attempt: (prediction, target, level) => {
        const residual = prediction - target;
        return residual < 0 ? level * residual : (1 - level) * residual;
      },
      says: "Where the prediction is too low your loss is negative. A loss never is: mind the sign of r.",
    },
    {
      attempt: (prediction, target, level) => level * Math.abs(prediction - target),
      says: "Both sides cost the same here. The point is that they do not: level below, 1 − level above.",
    },
    {
      attempt: (prediction, target, level) => {
        const residual = prediction - target;
        return (residual < 0 ? level : 1 - level) * residual ** 2;
      },
      says: "The residual is squared. The quantile loss is made of two straight lines.",
    },
  ],
  hints: [
    "Two cases: the prediction is too low, r < 0, or too high.",
    "Too low costs level for each unit, too high costs 1 − level for each unit. Both are positive.",
    "residual < 0 ? -level * residual : (1 - level) * residual",
  ],
});
