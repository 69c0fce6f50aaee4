import { exercise } from "downhill";

type Fn = (x: number[]) => number;

const wave: Fn = ([x]) => Math.exp(Math.sin(3 * x!));
const bowl: Fn = ([x, y]) => x! ** 2 + 3 * x! * y! + 2 * y! ** 2;
const mixed: Fn = ([x, y, z]) => Math.sin(x!) * y! + z! ** 3;

const close = (one: readonly number[], other: readonly number[], tolerance: number) =>
  one.length === other.length &&
  one.every((value, i) => Math.abs(value - other[i]!) <= tolerance * Math.max(1, Math.abs(other[i]!)));

/** Central differences, one coordinate at a time. */
const differences: (f: Fn, x: number[]) => number[] = (f, x) => {
  const h = 1e-5;
  return x.map((value, i) => {
    const right = x.with(i, value + h);
    const left = x.with(i, value - h);
    return (f(right) - f(left)) / (2 * h);
  });
};

export const numericalGrad = exercise<(f: Fn, x: number[]) => number[]>({
  lesson: "08",
  name: "numericalGrad",
  task: "Measure the slope of f in every coordinate by central differences.",
  cases: [
    [wave, [0.7]],
    [bowl, [1, -2]],
    [mixed, [0.3, 2, -1]],
  ],
  starter: (_, x) => x.map(() => 0),
  solution: differences,
  accepts: (value, f, x) => {
    const right = differences(f, x);
    const yours = Array.isArray(value) ? value : [];
    if (yours.length !== x.length)
      return `Give back a list with one slope for each of the ${x.length} coordinates.`;
    if (yours.some((slope) => !Number.isFinite(slope)))
      return `You give back [${yours.join(", ")}]. Is h zero, or does an index point past the end?`;
    if (close(yours, right, 1e-8)) return true;
    const times = (factor: number) => close(yours, right.map((slope) => factor * slope), 1e-4);
    if (times(2)) return "Twice too large: the two points are 2h apart, so divide by 2h.";
    if (times(0.5)) return "Half of the right slope: one step to one side is only h wide.";
    if (times(-1)) return "Right size, wrong sign: f(x + h) − f(x − h), in this order.";
    if (close(yours, right, 1e-2))
      return "Nearly right, but not to 8 digits. Step to both sides, and look for the best h: about 1e-5.";
    const total = right.reduce((sum, slope) => sum + slope, 0);
    if (right.length > 1 && close(yours, right.map(() => total), 1e-3))
      return "You move all coordinates at once. Move one and keep the others where they are.";
    return `At [${x.join(", ")}] the slopes are [${right.map((s) => s.toFixed(6)).join(", ")}], but yours are [${yours.map((s) => s.toFixed(6)).join(", ")}].`;
  },
  mistakes: [],
  hints: [
    "One coordinate after the other: a little to the right, a little to the left, and the difference.",
    "Make copies: const right = [...x]; right[i] += h; and the same for left.",
    "(f(right) - f(left)) / (2 * h) with h = 1e-5, for each i.",
  ],
});

export const relativeError = exercise<(a: number, b: number) => number>({
  lesson: "08",
  name: "relativeError",
  task: "Compare two slopes relative to the larger of the two; 0 when both are 0.",
  cases: [
    [1, 1.1],
    [2e-12, 1e-12],
    [-2, 2],
    [-3, -2],
    [0, 3],
    [0, 0],
  ],
  starter: () => 0,
  solution: (a, b) => {
    const scale = Math.max(Math.abs(a), Math.abs(b));
    return scale === 0 ? 0 : Math.abs(a - b) / scale;
  },
  mistakes: [
    {
      attempt: (a, b) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)),
      says: "When both slopes are 0 you divide 0 by 0. Two zeros agree: give back 0.",
    },
    {
      attempt: (a, b) => Math.abs(a - b),
      says: "That is the absolute error. 1e-12 would look perfect beside 2e-12, though one is twice the other. Divide by the larger one.",
    },
    {
      attempt: (a, b) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b)),
      says: "You divide by the second slope only. Take the larger of the two, so that the order does not matter.",
    },
    {
      attempt: (a, b) => (a === 0 && b === 0 ? 0 : Math.abs(a - b) / (Math.abs(a) + Math.abs(b))),
      says: "You divide by the sum of the two sizes; here the larger one is asked for. Both are in use, so say which.",
    },
    {
      attempt: (a, b) => {
        const scale = Math.max(a, b);
        return scale === 0 ? 0 : Math.abs(a - b) / scale;
      },
      says: "Slopes may be negative: take the size of each before you look for the larger one.",
    },
  ],
  hints: [
    "How large is the difference, compared with the slopes themselves?",
    "Divide |a − b| by the larger of |a| and |b|. What if both are zero?",
    "const scale = Math.max(Math.abs(a), Math.abs(b)); if it is 0, give back 0; else Math.abs(a - b) / scale.",
  ],
});

/** A step of a computation: which earlier steps went in, and the slope by each of them. */
interface Step {
  inputs: number[];
  slopes: number[];
}

/** a, b, c = a·b, d = c·c as c·c with c used twice, e = d + a with a used twice. */
const chain: Step[] = [
  { inputs: [], slopes: [] },
  { inputs: [0], slopes: [3] },
  { inputs: [1], slopes: [-2] },
];
const diamond: Step[] = [
  { inputs: [], slopes: [] },
  { inputs: [], slopes: [] },
  { inputs: [0, 1], slopes: [5, 2] },
  { inputs: [2, 2], slopes: [10, 10] },
  { inputs: [3, 0], slopes: [1, 1] },
];

const collect = (steps: Step[], into: (gradient: number[], node: number, part: number) => void) => {
  const gradient = steps.map(() => 0);
  gradient[steps.length - 1] = 1;
  for (let node = steps.length - 1; node >= 0; node--)
    steps[node]!.inputs.forEach((input, k) => {
      into(gradient, input, gradient[node]! * steps[node]!.slopes[k]!);
    });
  return gradient;
};

export const backward = exercise<(steps: Step[]) => number[]>({
  lesson: "08",
  name: "backward",
  task: "Go backwards through the steps and collect the slope of the last one by each of them.",
  cases: [[chain], [diamond]],
  starter: (steps) => steps.map(() => 0),
  solution: (steps) => {
    const gradient = steps.map(() => 0);
    gradient[steps.length - 1] = 1;
    for (let node = steps.length - 1; node >= 0; node--) {
      const { inputs, slopes } = steps[node]!;
      for (let k = 0; k < inputs.length; k++) {
        gradient[inputs[k]!]! += gradient[node]! * slopes[k]!;
      }
    }
    return gradient;
  },
  mistakes: [
    {
      attempt: (steps) =>
        collect(steps, (gradient, input, part) => {
          gradient[input] = part;
        }),
      says: "A step that is used twice keeps only one of its two contributions: = overwrites. Every use adds its part, so write +=.",
    },
    {
      attempt: (steps) => {
        const gradient = steps.map(() => 0);
        gradient[steps.length - 1] = 1;
        for (let node = 0; node < steps.length; node++)
          steps[node]!.inputs.forEach((input, k) => {
            gradient[input]! += gradient[node]! * steps[node]!.slopes[k]!;
          });
        return gradient;
      },
      says: "You go forwards. The slope of the last step must be known before it can be handed on, so begin at the end.",
    },
    {
      attempt: (steps) => {
        const gradient = steps.map(() => 0);
        for (let node = steps.length - 1; node >= 0; node--)
          steps[node]!.inputs.forEach((input, k) => {
            gradient[input]! += steps[node]!.slopes[k]!;
          });
        gradient[steps.length - 1] = 1;
        return gradient;
      },
      says: "You add the local slopes as they are. Each must be multiplied by the slope that arrived at its step.",
    },
    {
      attempt: (steps) => {
        const gradient = steps.map(() => 1);
        for (let node = steps.length - 1; node >= 0; node--)
          steps[node]!.inputs.forEach((input, k) => {
            gradient[input]! += gradient[node]! * steps[node]!.slopes[k]!;
          });
        return gradient;
      },
      says: "All slopes begin at 1. Only the last step has slope 1 by itself; the others begin at 0.",
    },
  ],
  hints: [
    "Start with zeros everywhere, and 1 for the last step: its slope by itself.",
    "From the last step to the first: hand gradient[node] times the local slope to every input.",
    "gradient[inputs[k]] += gradient[node] * slopes[k]",
  ],
});

const softmax = (logits: readonly number[]) => {
  const top = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - top));
  const total = powers.reduce((sum, p) => sum + p, 0);
  return powers.map((p) => p / total);
};

export const softmaxGrad = exercise<(logits: number[], label: number) => number[]>({
  lesson: "08",
  name: "softmaxGrad",
  task: "Write the gradient of −log q[label] by the logits, where q is their softmax.",
  cases: [
    [[1, 2, 3], 0],
    [[0.5, -1, 0, 2], 3],
    [[1000, 0, -1000], 1],
  ],
  starter: (logits) => logits.map(() => 0),
  solution: (logits, label) => {
    const top = Math.max(...logits);
    const powers = logits.map((z) => Math.exp(z - top));
    const total = powers.reduce((sum, p) => sum + p, 0);
    return powers.map((p, k) => p / total - (k === label ? 1 : 0));
  },
  mistakes: [
    {
      attempt: (logits) => softmax(logits),
      says: "Those are the probabilities q. At the true class 1 is still to be subtracted: the gradient is q − y.",
    },
    {
      attempt: (logits, label) => logits.map((z, k) => z - (k === label ? 1 : 0)),
      says: "You subtracted from the raw logits. Turn them into probabilities first.",
    },
    {
      attempt: (logits, label) => softmax(logits).map((q, k) => (k === label ? 1 : 0) - q),
      says: "Right size, wrong sign: q − y, so that the true class is pushed up by a step against the gradient.",
    },
    {
      attempt: (logits, label) =>
        softmax(logits).map((q, k) => (q - (k === label ? 1 : 0)) / logits.length),
      says: "Divided by the number of classes. The loss is one number for the sample; nothing is averaged over classes.",
    },
    {
      attempt: (logits, label) => {
        const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
        return logits.map((z, k) => Math.exp(z) / total - (k === label ? 1 : 0));
      },
      says: "Right for small logits, but exp(1000) is Infinity. Subtract the largest logit from all of them first; q stays the same.",
    },
    {
      attempt: (logits, label) =>
        softmax(logits).map((q, k) => (k === label ? -1 / q : 0)),
      says: "That is the gradient by the probabilities. The softmax stands in between: every logit moves every probability.",
    },
  ],
  hints: [
    "The loss is log Σ e^z − z[label]. Take the slope of each of the two parts by z[k].",
    "The first part gives the probability q[k]; the second gives −1 for the label and 0 for the others.",
    "q[k] − 1 at the label and q[k] elsewhere; take the largest logit off all of them before exp.",
  ],
});
