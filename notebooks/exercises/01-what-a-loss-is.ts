import { exercise } from "downhill";

export const loss = exercise<(prediction: number, target: number) => number>({
  lesson: "01",
  name: "loss",
  task: "Write the squared error of one sample.",
  cases: [
    [3, 5],
    [5, 3],
    [1.5, 1],
    [4, 4],
  ],
  starter: () => 0,
  solution: (prediction, target) => (prediction - target) ** 2,
  mistakes: [
    {
      attempt: (prediction, target) => prediction - target,
      says: "That is the error itself. It has a sign, so one prediction that is too high would make up for one that is too low. Square it.",
    },
    {
      attempt: (prediction, target) => Math.abs(prediction - target),
      says: "That is the absolute error, a good loss too; here the square is asked for.",
    },
    {
      attempt: (prediction, target) => prediction ** 2 - target ** 2,
      says: "You squared first and subtracted then. Subtract first: the square is taken of the error.",
    },
    {
      attempt: (prediction, target) => (prediction - target) ** 2 / 2,
      says: "Some books put a ½ before the square, to make its slope tidy. Here there is none.",
    },
    {
      attempt: (prediction, target) => 2 * (prediction - target),
      says: "That is the slope of the squared error. The loss is the square itself.",
    },
  ],
  hints: [
    "Two steps: first the error, then its square.",
    "The error is prediction − target. How do you write a square in TypeScript?",
    "(prediction - target) ** 2",
  ],
});

const squares = (predictions: readonly number[], targets: readonly number[]) =>
  predictions.map((prediction, i) => (prediction - targets[i]!) ** 2);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const meanLoss = exercise<(predictions: number[], targets: number[]) => number>({
  lesson: "01",
  name: "meanLoss",
  task: "Write the mean of the squared errors of all samples.",
  cases: [
    [
      [3, 5, 2],
      [2, 5, 4],
    ],
    [
      [1, 2],
      [4, 0],
    ],
    [[10], [7]],
  ],
  starter: () => 0,
  solution: (predictions, targets) => {
    let total = 0;
    for (let i = 0; i < predictions.length; i++) {
      total += (predictions[i]! - targets[i]!) ** 2;
    }
    return total / predictions.length;
  },
  mistakes: [
    {
      attempt: (predictions, targets) => sum(squares(predictions, targets)),
      says: "That is the sum. A mean is asked for: divide by the number of samples, so that ten times the data do not make the cost ten times as large.",
    },
    {
      attempt: (predictions, targets) =>
        sum(predictions.map((prediction, i) => prediction - targets[i]!)) / predictions.length,
      says: "You averaged the errors with their signs, so they cancel. Square each one first.",
    },
    {
      attempt: (predictions, targets) =>
        (sum(predictions.map((prediction, i) => prediction - targets[i]!)) / predictions.length) ** 2,
      says: "You averaged first and squared then, so errors of opposite sign cancel. Square each one, then average.",
    },
    {
      attempt: (predictions, targets) =>
        sum(predictions.map((p, i) => Math.abs(p - targets[i]!))) / predictions.length,
      says: "That is the mean absolute error; here the squares are to be averaged.",
    },
    {
      attempt: (predictions, targets) =>
        Math.sqrt(sum(squares(predictions, targets)) / predictions.length),
      says: "You took the root at the end. It gives back the unit of the data, but the cost asked for here has no root.",
    },
    {
      attempt: (predictions, targets) => squares(predictions, targets).at(-1)! / predictions.length,
      says: "Only the last sample counts: total = … overwrites what was there. Add with total += ….",
    },
    {
      attempt: (predictions, targets) => squares(predictions, targets)[0]!,
      says: "Only the first sample counts: a return inside the loop ends it at once. Return after the loop.",
    },
    {
      attempt: (predictions, targets) => sum(squares(predictions, targets)) / 3,
      says: "You divide by 3 whatever comes. The number of samples is predictions.length.",
    },
  ],
  hints: [
    "Go through the samples, add up the squared errors, and divide once at the end.",
    "let total = 0; then a for loop with total += …; then return total / how many.",
    "In the loop: total += (predictions[i] - targets[i]) ** 2; after it: return total / predictions.length;",
  ],
});
