import { gradientExercise } from "downhill";

interface Line {
  w: number;
  b: number;
}

interface Batch {
  x: number[];
  y: number[];
}

/** Four points and three, none of whose residuals is zero or equal to another. */
const cases: readonly (readonly [Line, Batch])[] = [
  [{ w: 0.5, b: -1 }, { x: [1.5, 2, 3, 5], y: [4.5, -4, 6, 8] }],
  [{ w: -1.5, b: 0.25 }, { x: [-2, 0.5, 1], y: [1, 3, -2] }],
];

const residual = ({ w, b }: Line, { x, y }: Batch, i: number) => w * x[i]! + b - y[i]!;

const meanOver = ({ x }: Batch, of: (i: number) => number) =>
  x.reduce((sum, _, i) => sum + of(i), 0) / x.length;

export const mseGrad = gradientExercise<Line, Batch>({
  lesson: "02",
  name: "mseGrad",
  task: "Write the gradient of the mean squared error of a line $w x + b$.",
  loss: (line, batch) => meanOver(batch, (i) => residual(line, batch, i) ** 2),
  cases,
  starter: () => ({ w: 0, b: 0 }),
  solution: ({ w, b }, { x, y }) => {
    const slope = { w: 0, b: 0 };
    for (let i = 0; i < x.length; i++) {
      const pull = 2 * (w * x[i]! + b - y[i]!);
      slope.w += (pull * x[i]!) / x.length;
      slope.b += pull / x.length;
    }
    return slope;
  },
  mistakes: [
    {
      attempt: (line, batch) => {
        const slope = meanOver(batch, (i) => 2 * residual(line, batch, i));
        return { w: slope, b: slope };
      },
      says: "The slope for w is missing the factor x: when w grows a little, the prediction of sample i moves x[i] times as much.",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => residual(line, batch, i) ** 2 * batch.x[i]!),
        b: meanOver(batch, (i) => residual(line, batch, i) ** 2),
      }),
      says: "You averaged the squared residual itself. The gradient needs its slope, 2 times the residual.",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => 2 * Math.abs(residual(line, batch, i)) * batch.x[i]!),
        b: meanOver(batch, (i) => 2 * Math.abs(residual(line, batch, i))),
      }),
      says: "The residual lost its sign. A prediction that is too low must pull upwards, so r and not |r| belongs into the slope.",
    },
    {
      attempt: ({ w }, batch) => ({
        w: meanOver(batch, (i) => 2 * residual({ w, b: 0 }, batch, i) * batch.x[i]!),
        b: meanOver(batch, (i) => 2 * residual({ w, b: 0 }, batch, i)),
      }),
      says: "The residual is not complete: b is missing in the prediction. r = w·x + b − y.",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => 2 * residual(line, batch, i) * line.w),
        b: meanOver(batch, (i) => 2 * residual(line, batch, i) * line.b),
      }),
      says: "You multiply by w and b themselves. What counts is how far the prediction moves with each of them: x[i] for w, 1 for b.",
    },
  ],
  hints: [
    "Each sample contributes its pull times how much its prediction moves with the parameter. What is the pull at residual r?",
    "The pull is 2·r with r = w·x[i] + b − y[i]. The prediction moves by x[i] with w, and by 1 with b.",
    "In the loop: const pull = 2 * (w * x[i] + b - y[i]); add pull * x[i] / x.length to slope.w, and pull / x.length to slope.b.",
  ],
});

export const maeGrad = gradientExercise<Line, Batch>({
  lesson: "02",
  name: "maeGrad",
  task: "Write the gradient of the mean absolute error of a line $w x + b$.",
  loss: (line, batch) => meanOver(batch, (i) => Math.abs(residual(line, batch, i))),
  cases,
  starter: () => ({ w: 0, b: 0 }),
  solution: ({ w, b }, { x, y }) => {
    const slope = { w: 0, b: 0 };
    for (let i = 0; i < x.length; i++) {
      const pull = Math.sign(w * x[i]! + b - y[i]!);
      slope.w += (pull * x[i]!) / x.length;
      slope.b += pull / x.length;
    }
    return slope;
  },
  mistakes: [
    {
      attempt: (line, batch) => {
        const slope = meanOver(batch, (i) => Math.sign(residual(line, batch, i)));
        return { w: slope, b: slope };
      },
      says: "The slope for w is missing the factor x: when w grows a little, the prediction of sample i moves x[i] times as much.",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => residual(line, batch, i) * batch.x[i]!),
        b: meanOver(batch, (i) => residual(line, batch, i)),
      }),
      says: "Your pull grows with the residual. The absolute error pulls equally hard everywhere: only the sign of the residual counts.",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => 2 * residual(line, batch, i) * batch.x[i]!),
        b: meanOver(batch, (i) => 2 * residual(line, batch, i)),
      }),
      says: "That is the gradient of the mean squared error. Which slope has |r|?",
    },
    {
      attempt: (line, batch) => ({
        w: meanOver(batch, (i) => Math.abs(residual(line, batch, i)) * batch.x[i]!),
        b: meanOver(batch, (i) => Math.abs(residual(line, batch, i))),
      }),
      says: "You averaged the absolute residual itself. The gradient needs its slope, which is −1 or 1.",
    },
    {
      attempt: (_, batch) => ({ w: meanOver(batch, (i) => batch.x[i]!), b: 1 }),
      says: "Every sample pulls with +1 here. Where the prediction is too low the slope of |r| is −1.",
    },
  ],
  hints: [
    "Nothing changes but the pull of each sample. What is the slope of |r| left and right of zero?",
    "The pull is −1 where the prediction is too low and 1 where it is too high: Math.sign(r).",
    "In the loop: const pull = Math.sign(w * x[i] + b - y[i]); the rest stays as in mseGrad.",
  ],
});
