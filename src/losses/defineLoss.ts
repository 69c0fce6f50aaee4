import { type Tensor, tensor, unwatched } from "../engine/index.ts";
import { inWords } from "../options.ts";
import {
  aligned,
  amountsFit,
  distancesFit,
  noNaN,
  probabilitiesFit,
  ratesFit,
  sideBySide,
  targetsFit,
} from "./doors.ts";
import type {
  AnyLoss,
  Argument,
  CurveOptions,
  Facts,
  Loss,
  LossCurve,
  LossOptions,
  NumberArgument,
  Targets,
} from "./Loss.ts";
import { reduced } from "./reduced.ts";
import { withFacts } from "./withFacts.ts";

/** What one writes down to make a loss of one number per sample. */
export interface LossFacts extends Facts {
  readonly argument: NumberArgument;
  /** Which targets make sense. Default: −1 and 1 for margins, 0 … 1 for probabilities and logits. */
  readonly targets?: Targets;
  /** ℓ in engine operations, entry by entry; residuals and margins have taken the target in already. */
  readonly value: (argument: Tensor, target: Tensor) => Tensor;
  /** dℓ/d argument by hand. */
  readonly gradient: (argument: number, target: number) => number;
  /** d²ℓ/d argument² by hand. */
  readonly curvature: (argument: number, target: number) => number;
}

/**
 * Makes a loss from its facts. The library's own losses are all made this way; so are yours, with the
 * same rights: reductions, weights, drawing and checks.
 * A residual is prediction − target, a relative one is that divided by max(|target|, 1e-7), and a margin is
 * prediction · target. The value depends on nothing but these:
 * `train` watches it in one step and then repeats what it saw (see `compile`).
 *
 * @throws TypeError when the argument is none of those that a loss of one number has
 *
 * @example
 * const fourth = defineLoss({ name: "Fourth power", argument: "residual", formula: [{ value: "r^4" }], parameters: {}, value: (r) => r.pow(4), gradient: (r) => 4 * r ** 3, curvature: (r) => 12 * r ** 2, convex: true, seams: [], steepest: Infinity, source: "mine (2026)" })
 * fourth([3, 0], [1, 0])   // → 8
 * fourth.gradient(2)       // → 32
 */
export function defineLoss(facts: LossFacts, { reduction = "mean" }: LossOptions = {}): Loss {
  const { name, argument, value } = facts;
  const { targets, ofTarget } = { ...kindOf(facts), ...facts };
  const compute = (...[prediction, target, weights]: Parameters<AnyLoss>) => {
    const [p, y] = sideBySide(prediction, target);
    aligned(name, p, y);
    unwatched(() => {
      targetsFit(name, y, targets);
      if (argument === "probability") probabilitiesFit(name, p, scoresHint);
      if (argument === "rate") ratesFit(name, p);
      if (argument === "amount") amountsFit(name, p);
      if (argument === "distance") distancesFit(name, p);
    });
    const each = value(ofTarget(p, y), y);
    const result = reduced(name, each, reduction, weights);
    unwatched(() => noNaN(name, result, { prediction: p, target: y }, each));
    return result;
  };
  return withFacts<Loss>(compute, {
    ...facts,
    targets,
    gradient: withTarget(facts, "gradient"),
    curvature: withTarget(facts, "curvature"),
    curve: (options) => curve(facts, options),
  });
}

/**
 * What kind of argument a loss has.
 *
 * @throws TypeError when it says none, or one that only rows have
 */
function kindOf({ name, argument }: LossFacts): Kind {
  if (Object.hasOwn(kinds, String(argument))) return kinds[argument];
  throw new TypeError(
    `defineLoss needs to know what ${name ?? "the loss"} is a function of, but its argument is ${inWords(argument)}.\nHint: one of ${Object.keys(kinds).join(", ")}; a loss of rows is made by defineRowLoss.`,
  );
}

interface Kind {
  /** How prediction and target become the argument. */
  readonly ofTarget: (prediction: Tensor, target: Tensor) => Tensor;
  readonly targets: Targets;
  /** The target where the caller names none; undefined where the loss depends on it. */
  readonly neutral?: number;
}

const itself = (prediction: Tensor): Tensor => prediction;
const kinds: Record<LossFacts["argument"], Kind> = {
  residual: { ofTarget: (p, y) => p.sub(y), targets: "numbers", neutral: 0 },
  "relative residual": {
    ofTarget: (p, y) => p.sub(y).div(y.abs().maximum(1e-7)),
    targets: "numbers",
    neutral: 0,
  },
  margin: { ofTarget: (p, y) => p.mul(y), targets: "signs", neutral: 1 },
  probability: { ofTarget: itself, targets: "shares" },
  logit: { ofTarget: itself, targets: "shares" },
  rate: { ofTarget: itself, targets: "counts" },
  "log rate": { ofTarget: itself, targets: "counts" },
  amount: { ofTarget: itself, targets: "amounts" },
  distance: { ofTarget: itself, targets: "bits" },
};

const scoresHint =
  "Hint: raw scores belong into the loss of logits (bceWithLogits), or through sigmoid first.";

/** A derivative that asks for the target where the loss depends on it. */
function withTarget(facts: LossFacts, which: "gradient" | "curvature"): Loss["gradient"] {
  const derivative = facts[which];
  const { neutral } = kindOf(facts);
  return (argument, target = neutral) => {
    if (target !== undefined) return derivative(argument, target);
    throw new TypeError(
      `The ${which} of ${facts.name} depends on the target, but none was given.\nHint: ${which}(${argument}, 1) for target 1.`,
    );
  };
}

/** The loss of one sample along its argument, as plain numbers. */
function curve(facts: LossFacts, options: CurveOptions = {}): LossCurve {
  const [first, last] = ends[facts.argument] ?? [-3, 3];
  const { from = first, to = last, points = 241 } = options;
  const { target = kindOf(facts).neutral ?? 1 } = options;
  const argument = sampled(from, to, points);
  const targets = tensor(new Float64Array(points).fill(target));
  return {
    argument,
    value: Array.from(facts.value(tensor(argument), targets).data),
    gradient: argument.map((x) => facts.gradient(x, target)),
    curvature: argument.map((x) => facts.curvature(x, target)),
  };
}

/** Where a curve begins and ends by itself, if the argument has no room below 0. */
const ends: Partial<Record<Argument, readonly [from: number, to: number]>> = {
  probability: [0.001, 0.999],
  rate: [0.001, 0.999],
  amount: [0.001, 3],
  distance: [0.001, 0.999],
};

/** So many points from one end to the other, both exact. */
export function sampled(from: number, to: number, points: number): number[] {
  if (Number.isInteger(points) && points >= 2)
    return Array.from({ length: points }, (_, i) =>
      i === points - 1 ? to : from + ((to - from) * i) / (points - 1),
    );
  throw new RangeError(
    `A curve needs at least 2 points, but was asked for ${points}.\nHint: 241 draw smoothly.`,
  );
}
