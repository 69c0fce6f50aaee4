import { type Tensor, where } from "../engine/index.ts";
import { oneOf } from "../options.ts";
import { share, surprise } from "./bce.ts";
import { defineLoss, type LossFacts } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface PoissonNllOptions extends LossOptions {
  /** What the model predicts: `"log rate"` or `"rate"`. Default `"log rate"`. */
  readonly input?: "log rate" | "rate";
  /** Adds Stirling's approximation of log y! for y > 1, which no parameter can change. Default false. */
  readonly full?: boolean;
}

/**
 * Poisson negative log-likelihood: for counts whose spread grows with their size.
 * Predicting the logarithm of the rate keeps the rate positive and the loss convex without a bound to
 * watch. PyTorch adds 1e-8 to a rate; here a rate of 0 for a count above 0 costs Infinity.
 *
 * @throws RangeError when a target is not 0, 1, 2, … or a rate is negative
 *
 * @example
 * poissonNll({ reduction: "none" })([0, 1], [3, 2])   // → [1, 0.718281828459]
 */
export function poissonNll(options: PoissonNllOptions = {}): Loss {
  const { input, full, reduction } = lossOptions<Required<Omit<PoissonNllOptions, "reduction">>>(
    "poissonNll",
    options,
    { input: "log rate", full: false },
  );
  oneOf("input", input, ["log rate", "rate"]);
  const { letters, value, ...rest } = input === "log rate" ? ofLogRate : ofRate;
  return defineLoss(
    {
      name: "Poisson negative log-likelihood",
      formula: full
        ? [{ where: "y > 1", value: `${letters} + ${stirling}` }, { value: letters }]
        : [{ value: letters }],
      parameters: {},
      value: (x, y) => (full ? value(x, y).add(logFactorial(y)) : value(x, y)),
      convex: true,
      seams: [],
      steepest: Infinity,
      source: "Nelder & Wedderburn (1972), Generalized Linear Models. doi:10.2307/2344614",
      ...rest,
    },
    { reduction },
  );
}

type Form = Pick<LossFacts, "argument" | "value" | "gradient" | "curvature"> & { letters: string };

const ofLogRate: Form = {
  argument: "log rate",
  letters: "exp(z) - y * z",
  value: (z, y) => z.exp().sub(y.mul(z)),
  gradient: (z, y) => Math.exp(z) - y,
  curvature: (z) => Math.exp(z),
};

const ofRate: Form = {
  argument: "rate",
  letters: "mu - y * log(mu)",
  value: (mu, y) => mu.add(surprise(mu, y)),
  gradient: (mu, y) => 1 - share(y, mu),
  curvature: (mu, y) => share(y, mu ** 2),
};

const stirling = "y * log(y) - y + log(2 * pi * y) / 2";

/** Stirling's log y! for y > 1, else 0. */
function logFactorial(y: Tensor): Tensor {
  const above = where(y.greater(1), y, 1);
  const term = above
    .mul(above.log())
    .sub(above)
    .add(
      above
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return where(y.greater(1), term, 0);
}
