import type { AnyLoss, Argument } from "../losses/index.ts";
import type { Model } from "../models/index.ts";
import type { Comparison } from "./TrainOptions.ts";

/** Arguments that may be any number, so that a loss has nothing to check in a prediction. */
const free: readonly Argument[] = [
  "residual",
  "relative residual",
  "margin",
  "logit",
  "log rate",
  "logits",
];

/**
 * Why a cost must run as it is in every step, if it must. A cost of one's own may count, print or follow a
 * variable; whoever hands over `compile(cost)` says that it does not.
 */
export function obstacleOfCost(cost: object): string | undefined {
  if (isCompiled(cost)) return undefined;
  return "a cost of your own may do more than compute; train(compile(cost), …) says that it does not";
}

/**
 * The same of a model and its loss. Those with facts are functions of what they are given and of nothing else,
 * so one step shows what all steps do.
 */
export function obstacleOfModel(
  { settings }: Pick<Model, "settings">,
  loss: Comparison,
): string | undefined {
  if (Number(settings.dropout) > 0) return "dropout leaves out other units in every step";
  if (isCompiled(loss)) return undefined;
  if (!hasFacts(loss))
    return "a loss of your own may do more than compute; loss: compile(loss) says that it does not";
  if (free.includes(loss.argument)) return undefined;
  return `${loss.name} looks at every prediction, to refuse what is no ${loss.argument}`;
}

const isCompiled = (f: object): boolean => "obstacle" in f;

export const hasFacts = (loss: Comparison): loss is AnyLoss => "argument" in loss;
