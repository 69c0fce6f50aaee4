import type { RestoredOf, Tensor } from "../engine/index.ts";
import type { Model } from "../models/index.ts";
import {
  type FoundRate,
  type LearningRateFinderOptions,
  learningRateFinder,
} from "../schedules/index.ts";
import { inSentence } from "./inSentence.ts";
import type { Cost } from "./objective.ts";
import { brief } from "./stopping.ts";
import type {
  CostOptions,
  ModelOptions,
  OptimizerMaker,
  Samples,
  TrainOptions,
} from "./TrainOptions.ts";
import { trainingSteps } from "./trainingSteps.ts";

/** What a search can be asked for; the optimizer is given as the function that makes it. */
export interface FindLearningRateOptions
  extends LearningRateFinderOptions,
    Pick<
      TrainOptions<never>,
      "batchSize" | "shuffle" | "seed" | "accumulate" | "penalty" | "clip"
    > {
  /** Default `gradientDescent`. */
  readonly optimizer?: OptimizerMaker;
}

/** The rates tried and the loss before each step, as `plot.sweep` draws them, and what they tell. */
export interface RateSearch extends FoundRate {
  readonly rate: readonly number[];
  readonly loss: readonly number[];
}

/**
 * Trains with a rate that grows in every step until the loss blows up, and reads off which rate is
 * good: a tenth of that at the lowest loss, since the loss lags behind. Begins anew, so the parameters
 * of the real run are not touched.
 *
 * @throws what `train` and `learningRateFinder` throw
 *
 * @example
 * const cost = (p, x, y) => mse()(p.w.mul(x).add(p.b), y);
 * const found = findLearningRate(cost, { x: [1, 2, 3, 4], y: [2, 4, 6, 8] }, { parameters: { w: 0, b: 0 } });
 * found.suggestion < curvature((p) => cost(p, tensor([1, 2, 3, 4]), tensor([2, 4, 6, 8])))({ w: 0, b: 0 }).stableRate   // → true
 * @see L. Smith, “Cyclical Learning Rates for Training Neural Networks”, 2017, arXiv:1506.01186
 */
export function findLearningRate<P>(
  model: Model<P>,
  data: Samples,
  options: FindLearningRateOptions & Pick<ModelOptions<P, RestoredOf<P>>, "loss" | "parameters">,
): RateSearch;
export function findLearningRate<P>(
  cost: Cost<P>,
  data: Samples | undefined,
  options: FindLearningRateOptions & Pick<CostOptions<P, RestoredOf<P>>, "parameters">,
): RateSearch;
export function findLearningRate(
  subject: unknown,
  data: Samples | undefined,
  {
    from,
    to,
    steps = 100,
    ...options
  }: FindLearningRateOptions & Partial<CostOptions<Tensor, Tensor>>,
): RateSearch {
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), steps };
  const finder = learningRateFinder(range);
  const how = { ...options, learningRate: finder.schedule, steps, epochs: steps };
  const [rate, loss]: [number[], number[]] = [[], []];
  // The overloads above are those of trainingSteps, and one of them has checked the parameters.
  const run = trainingSteps(subject as Cost<Tensor>, data, how as CostOptions<Tensor, Tensor>);
  for (const step of run) {
    rate.push(step.learningRate);
    loss.push(step.loss);
    if (finder.isOver(loss)) break;
  }
  const found = { rate, loss, ...finder.read(loss) };
  return inSentence(found, inWords(found));
}

function inWords({ rate, loss, atMinimum, blowUp, suggestion }: RateSearch): string {
  const lowest = `The loss is lowest, ${brief(Math.min(...loss))}, at a rate of ${brief(atMinimum)}`;
  const end =
    blowUp === undefined
      ? `it does not blow up before ${brief(rate.at(-1)!)}`
      : `it blows up at ${brief(blowUp)}`;
  return `${lowest}; ${end}. Try ${brief(suggestion)}.`;
}
