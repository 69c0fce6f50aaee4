import {
  ShapeError,
  type Tensor,
  type TensorLike,
  type TensorsOf,
  tensor,
} from "../engine/index.ts";
import { shownAs } from "../shown.ts";
import type { Model, PredictOptions } from "./Model.ts";

/** What one writes down to make a model. */
export interface ModelFacts<P> extends Pick<Model<P>, "name" | "settings" | "formula" | "source"> {
  /** How many features each sample has. */
  readonly inputs: number;
  readonly start: (seed: number) => P;
}

/**
 * Makes a model from its facts and its prediction, which gets samples in rows [samples, inputs]. The
 * library's own are made this way; so are yours.
 * A prediction depends on nothing but what it is given: `train` watches it in one step and then repeats what
 * it saw (see `compile`).
 *
 * @throws ShapeError when it is called with samples of another number of features
 *
 * @example
 * const scaled = models.defineModel({ name: "Scaled", inputs: 1, settings: {}, formula: ["\\hat y = s\\,x"], source: "mine (2026)", start: () => ({ s: tensor(1) }) }, (p, x) => x.reshape([-1]).mul(p.s));
 * scaled({ s: tensor(3) }, [1, 2])   // → [3, 6]
 */
export function defineModel<P>(
  facts: ModelFacts<P>,
  predict: (parameters: TensorsOf<P>, x: Tensor, options: PredictOptions) => Tensor,
): Model<P> {
  const { inputs, start, ...said } = facts;
  const model = (parameters: TensorsOf<P>, x: TensorLike, options: PredictOptions = {}) =>
    predict(parameters, rowsFit(facts.name, tensor(x), inputs), options);
  const stated = { ...said, start: (seed = 1) => start(seed) };
  for (const [key, value] of Object.entries(stated))
    Object.defineProperty(model, key, { value, enumerable: true });
  return shownAs(model, () => display(facts)) as Model<P>; // it has just got each of its facts
}

/** Samples in rows; a list of numbers is as good for a model of one feature. */
export function rowsFit(name: string, x: Tensor, inputs: number): Tensor {
  if (inputs === 1 && x.shape.length === 1) return x.reshape([x.size, 1]);
  if (x.shape.length === 2 && x.shape[1] === inputs) return x;
  const flat = x.shape.length === 1 && x.size === inputs;
  throw new ShapeError(
    `${name} needs samples in rows of ${inputs} features, but got shape [${x.shape}].\nHint: ${
      flat
        ? `a single sample is a table of one row: x.reshape([1, ${inputs}])`
        : `x has to have the shape [samples, ${inputs}]`
    }.`,
  );
}

/** Checks a number of features, classes or units. */
export function atLeast(name: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(
    `${name} must be a whole number of at least ${least}, but it is ${value}.\nHint: for a table x it is x.shape[1] features.`,
  );
}

/** What a notebook shows of a model: its formula in TeX, and its settings. */
function display({
  name,
  settings,
  formula,
  source,
}: Omit<ModelFacts<unknown>, "start">): Record<string, string> {
  const plain = JSON.stringify(settings).replaceAll('"', "").replaceAll(",", ", ");
  const lines = formula.map((line) => `& ${line}`).join(" \\\\ ");
  return {
    "text/plain": [`${name} ${plain}`, ...formula.map((line) => `  ${line}`), source].join("\n"),
    "text/markdown": `**${name}** \`${plain}\`\n\n$$\\begin{aligned} ${lines} \\end{aligned}$$\n\n${source}`,
  };
}
