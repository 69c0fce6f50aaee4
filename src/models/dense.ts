import { type DType, type Random, type Tensor, tensor, zeros } from "../engine/index.ts";
import { notNegative } from "../options.ts";

/** One layer of weights: the numbers of x·weight + bias. */
export interface Dense {
  /** Shape [inputs, outputs]; PyTorch keeps its transpose. */
  readonly weight: Tensor;
  /** Shape [outputs]. */
  readonly bias: Tensor;
}

/**
 * How weights are drawn. `"he"`: deviation √(2/inputs), for activations that cut half off; `"xavier"`:
 * √(2/(inputs + outputs)), for S-shapes; `"lecun"`: √(1/inputs); biases are 0. `"torch"`: weights and
 * biases evenly within ±1/√inputs, as PyTorch's `Linear` draws them. `"zeros"`: all 0.
 */
export type Init = "he" | "xavier" | "lecun" | "torch" | "zeros";

export interface InitOptions {
  /** How weights are drawn. */
  readonly init?: Init;
  /** What the drawn weights are multiplied with. Default 1. */
  readonly gain?: number;
  /** Default `"float64"`. */
  readonly dtype?: DType;
}

/**
 * Draws the numbers of one layer.
 *
 * Sources: He et al. (2015), Delving Deep into Rectifiers. arXiv:1502.01852; Glorot & Bengio (2010),
 * Understanding the Difficulty of Training Deep Feedforward Neural Networks; LeCun et al. (1998),
 * Efficient BackProp. doi:10.1007/3-540-49430-8_2
 */
export function dense(
  source: Random,
  inputs: number,
  outputs: number,
  { init, gain, dtype }: Required<InitOptions>,
): Dense {
  const kept = (values: Tensor) => tensor(values, { dtype });
  const none = zeros([outputs], dtype);
  if (init === "zeros") return { weight: zeros([inputs, outputs], dtype), bias: none };
  if (init === "torch") {
    const bound = 1 / Math.sqrt(inputs);
    const weight = source.uniform([inputs, outputs], -bound, bound).mul(gain);
    return { weight: kept(weight), bias: kept(source.uniform([outputs], -bound, bound)) };
  }
  const deviation = gain * deviations[init](inputs, outputs);
  return { weight: kept(source.normal([inputs, outputs], 0, deviation)), bias: none };
}

const deviations: Record<"he" | "xavier" | "lecun", (inputs: number, outputs: number) => number> = {
  he: (inputs) => Math.sqrt(2 / inputs),
  xavier: (inputs, outputs) => Math.sqrt(2 / (inputs + outputs)),
  lecun: (inputs) => Math.sqrt(1 / inputs),
};

/** What every model can be told of its weights. */
export const initOptions = ["init", "gain", "dtype"] as const;

/** The options of weights completed by their defaults, and checked. */
export function initOf(options: InitOptions, usual: Init): Required<InitOptions> {
  const { init = usual, gain = 1, dtype = "float64" } = options;
  notNegative("gain", gain);
  if (init in deviations || init === "torch" || init === "zeros") return { init, gain, dtype };
  throw new RangeError(
    `init must be "he", "xavier", "lecun", "torch" or "zeros", but it is ${JSON.stringify(init)}.\nHint: he for relu, xavier for tanh.`,
  );
}
