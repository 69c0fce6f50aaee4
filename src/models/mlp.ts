import { type Random, random, type Tensor, type TensorLike, tensor } from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import { type Activation, activationOf } from "./activations.ts";
import { atLeast, defineModel, rowsFit } from "./defineModel.ts";
import { type Dense, dense, type InitOptions, initOf, initOptions } from "./dense.ts";
import type { Model } from "./Model.ts";

/** The numbers of a network, from input to output. */
export interface MlpParameters {
  readonly layers: readonly Dense[];
}

export interface MlpOptions extends InitOptions {
  /** Features, units of each hidden layer, and outputs: `[2, 64, 64, 1]`. */
  readonly layers: readonly number[];
  /** What each hidden unit does to its sum. Default `"relu"`. */
  readonly activation?: Activation;
  /** Adds what enters a hidden layer to what leaves it, where both are as wide. Default false. */
  readonly residual?: boolean;
  /** The share of hidden units left out in each training step. Default 0. */
  readonly dropout?: number;
}

/** A network also tells what its hidden layers say. */
export interface Mlp extends Model<MlpParameters> {
  /** What leaves each hidden layer for these samples: for histograms, dead units, saturation. */
  hidden(parameters: MlpParameters, x: TensorLike): Tensor[];
}

/**
 * A multilayer perceptron: layers of weights with an activation between them.
 * With one output the prediction has the shape [samples]; with more, [samples, outputs]. Weights are
 * drawn for the activation (`"he"` or `"xavier"`), biases are 0, unless `init` says otherwise.
 * Dropout scales what it keeps by 1/(1 − share), so that a trained network is used as it is.
 *
 * @throws RangeError when there are fewer than two layers, or a setting is out of range
 *
 * @example
 * const xor = models.mlp({ layers: [2, 2, 1] });
 * const layers = [{ weight: tensor([[1, 1], [1, 1]]), bias: tensor([0, -1]) }, { weight: tensor([[1], [-2]]), bias: tensor([0]) }];
 * xor({ layers }, [[0, 0], [0, 1], [1, 0], [1, 1]])   // → [0, 1, 1, 0]
 * xor.hidden({ layers }, [[1, 1]])                    // → [[[2, 1]]]
 */
export function mlp(options: MlpOptions): Mlp {
  const own = ["layers", "activation", "residual", "dropout"];
  knownOptions("mlp", options, [...own, ...initOptions]);
  const { layers, activation = "relu", residual = false, dropout = 0 } = options;
  const { value, formula, init: usual } = activationOf(activation);
  checkLayers(layers, dropout);
  const how = initOf(options, usual);
  const name = "Multilayer perceptron";
  const [inputs, single] = [layers[0]!, layers.at(-1) === 1];
  const network = { value, residual, dropout };
  const model = defineModel<MlpParameters>(
    {
      name,
      inputs,
      settings: { layers, activation: nameOf(activation), residual, dropout, ...how },
      formula: lines(formula, residual),
      source:
        "Rumelhart, Hinton & Williams (1986), Learning Representations by Back-Propagating Errors. doi:10.1038/323533a0",
      start: (seed) => drawn(layers, seed, how),
    },
    (parameters, x, { seed }) => {
      const output = through(
        parameters.layers.at(-1)!,
        signals(network, parameters, x, seed).at(-1)!,
      );
      return single ? output.reshape([output.size]) : output;
    },
  );
  const hidden: Mlp["hidden"] = (parameters, x) =>
    signals(network, parameters, rowsFit(name, tensor(x), inputs)).slice(1);
  return Object.assign(model, { hidden });
}

interface Network {
  readonly value: (x: Tensor) => Tensor;
  readonly residual: boolean;
  readonly dropout: number;
}

/** The samples, and what leaves each hidden layer. */
function signals(
  { value, residual, dropout }: Network,
  { layers }: MlpParameters,
  x: Tensor,
  seed?: number,
): Tensor[] {
  const chance = seed === undefined || dropout === 0 ? undefined : random(seed);
  const found = [x];
  for (const layer of layers.slice(0, -1)) {
    const signal = found.at(-1)!;
    const active = value(through(layer, signal));
    const passed = residual && active.shape[1] === signal.shape[1] ? active.add(signal) : active;
    found.push(chance === undefined ? passed : thinned(passed, dropout, chance));
  }
  return found;
}

const through = ({ weight, bias }: Dense, x: Tensor): Tensor => x.matmul(weight).add(bias);

/**
 * Leaves units out by chance, and scales the others so that the sum is the same on average.
 *
 * Source: Srivastava et al. (2014), Dropout: A Simple Way to Prevent Neural Networks from Overfitting.
 */
function thinned(signal: Tensor, share: number, chance: Random): Tensor {
  const kept = chance
    .uniform(signal.shape)
    .greaterEqual(share)
    .div(1 - share);
  return signal.mul(tensor(kept, { dtype: signal.dtype }));
}

function drawn(layers: readonly number[], seed: number, how: Required<InitOptions>): MlpParameters {
  const source = random(seed);
  const pairs = layers.slice(1).map((outputs, i) => [layers[i]!, outputs] as const);
  return { layers: pairs.map(([inputs, outputs]) => dense(source, inputs, outputs, how)) };
}

function checkLayers(layers: readonly number[], dropout: number): void {
  if (!Array.isArray(layers) || layers.length < 2)
    throw new RangeError(
      `layers must tell the features and the outputs at least, but it is ${JSON.stringify(layers)}.\nHint: [2, 16, 1] has one hidden layer of 16 units.`,
    );
  layers.forEach((units, i) => {
    atLeast(`layers[${i}]`, units);
  });
  if (dropout >= 0 && dropout < 1) return;
  throw new RangeError(
    `dropout must be at least 0 and below 1, but it is ${dropout}.\nHint: 0.5 leaves out every second unit.`,
  );
}

const nameOf = (activation: Activation): string =>
  typeof activation === "function" ? activation.name || "own function" : activation;

const lines = (formula: string, residual: boolean): string[] => [
  String.raw`h_0 = x, \quad \varphi(z) = ${formula}`,
  String.raw`h_l = \varphi(h_{l-1} W_l + b_l)${residual ? " + h_{l-1}" : ""}`,
  String.raw`\hat y = h_{L-1} W_L + b_L`,
];
