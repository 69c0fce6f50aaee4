import { type Tensor, type Values, where } from "../engine/index.ts";
import { oneOf } from "../options.ts";
import { byNumber, byTerms } from "./byNumber.ts";
import { type Columns, columnsFrom, columnsOf, multiply, negative, productsOf } from "./columns.ts";
import { defineLoss, type LossFacts } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";
import { expInColumns, logInColumns } from "./swiftPowers.ts";
import {
  careful,
  exactProduct,
  exp,
  log,
  log2Pi,
  lostBySum,
  minus,
  plus,
  type Twice,
  times,
} from "./twice.ts";

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
  const { letters, name, formula, terms, slopes, ...rest } =
    input === "log rate" ? ofLogRate : ofRate;
  return defineLoss(
    {
      name: "Poisson negative log-likelihood",
      formula: full
        ? [{ where: "y > 1", value: `${letters} + ${stirling}` }, { value: letters }]
        : [{ value: letters }],
      parameters: {},
      value: byTerms(
        name,
        (x, y) => [...terms(x!, y!), ...(full ? termsOfLogFactorial(y!) : [])],
        (x, y) => formula(x!, y!, full),
        [
          (x, y) => slopes[0]!(x!, y!),
          (x, y) => slopes[1]!(x!, y!).add(full ? slopeOfLogFactorial(y!) : 0),
        ],
      ),
      convex: true,
      seams: [],
      steepest: Infinity,
      source: "Nelder & Wedderburn (1972), Generalized Linear Models. doi:10.2307/2344614",
      ...rest,
    },
    { reduction },
  );
}

type Form = Pick<LossFacts, "argument" | "gradient" | "curvature"> & {
  readonly letters: string;
  readonly name: string;
  /** The loss of a prediction and a count, with all its digits. */
  readonly formula: (prediction: number, y: number, full: boolean) => number;
  /** Its terms for many of them. */
  readonly terms: (predictions: Values, y: Values) => readonly Columns[];
  readonly slopes: readonly ((x: Tensor, y: Tensor) => Tensor)[];
};

/** e^z − y: near the best rate both are almost the same. */
const excess = byTerms("excess", (z, y) => [ratesOf(z!), negative(columnsFrom(y!))], excessAt, [
  (z) => z!.exp(),
  () => -1,
]);

function ratesOf(z: Values): Columns {
  const rates = columnsFrom(z);
  expInColumns(rates);
  return rates;
}

function excessAt(z: number, y: number): number {
  const rate = Math.exp(z);
  return careful(rate - y, rate + y, () => minus(exp([z, 0]), [y, 0]));
}

const ofLogRate: Form = {
  name: "Poisson loss of log rates",
  argument: "log rate",
  letters: "exp(z) - y * z",
  formula: (z, y, full) => {
    const [rate, paid] = [Math.exp(z), y * z];
    const more = full ? logFactorial(y) : 0;
    return careful(rate - paid + more, rate + Math.abs(paid) + sizeOf(y, full), () =>
      plus(minus(exp([z, 0]), exactProduct(y, z)), full ? exactLogFactorial(y) : nothing),
    );
  },
  terms: (z, y) => [ratesOf(z), negative(productsOf(y, z))],
  slopes: [(z, y) => excess(z, y), (z) => z.neg()],
  gradient: excessAt,
  curvature: (z) => Math.exp(z),
};

/** 1 − y/μ, by way of what the rate is above the count. */
const share = byNumber("relative excess", excessShare, [
  (mu, y) => where(y!, y!.div(mu!.square()), 0),
  (mu) => mu!.reciprocal().neg(),
]);

function excessShare(mu: number, y: number): number {
  return y === 0 ? 1 : (mu - y) / mu;
}

const ofRate: Form = {
  name: "Poisson loss of rates",
  argument: "rate",
  letters: "mu - y * log(mu)",
  formula: (mu, y, full) => {
    const paid = y === 0 ? 0 : y * Math.log(mu);
    const more = full ? logFactorial(y) : 0;
    return careful(mu - paid + more, mu + Math.abs(paid) + sizeOf(y, full), () => {
      const value = minus([mu, 0], y === 0 ? nothing : times([y, 0], log([mu, 0])));
      return plus(value, full ? exactLogFactorial(y) : nothing);
    });
  },
  terms: (mu, y) => {
    const paid = columnsFrom(mu);
    logInColumns(paid);
    multiply(paid, y);
    return [columnsFrom(mu), negative(paid)];
  },
  slopes: [(mu, y) => share(mu, y), (mu, y) => where(y.greater(0), mu, 1).log().neg()],
  gradient: excessShare,
  curvature: (mu, y) => (y === 0 ? 0 : y / mu ** 2),
};

const nothing: Twice = [0, 0];
const stirling = "y * log(y) - y + log(2 * pi * y) / 2";

/** Stirling's log y! for y > 1, else 0. */
const logFactorial = (y: number): number =>
  y > 1 ? y * Math.log(y) - y + Math.log(2 * Math.PI * y) / 2 : 0;

/** The magnitudes of its terms. */
const sizeOf = (y: number, full: boolean): number =>
  full && y > 1 ? (y + 1) * (Math.log(y) + 1) : 0;

/** (y + ½)·log y, and ½·log 2π − y, for y > 1; else 0. */
function termsOfLogFactorial(y: Values): readonly Columns[] {
  const power = columnsFrom(y);
  const rest = columnsOf(y.length);
  const factors = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const count = y[i]!;
    factors[i] = count + 0.5;
    // The logarithm of 1 is 0.
    if (count <= 1) power.high[i] = 1;
    else {
      const sum = log2Pi[0] / 2 - count;
      rest.high[i] = sum;
      rest.low[i] = lostBySum(log2Pi[0] / 2, -count, sum) + log2Pi[1] / 2;
    }
  }
  logInColumns(power);
  multiply(power, factors);
  return [power, rest];
}

/** By y, which nobody predicts but a derivative may ask for. */
function slopeOfLogFactorial(y: Tensor): Tensor {
  const above = where(y.greater(1), y, 1);
  return where(y.greater(1), above.log().add(above.mul(2).reciprocal()), 0);
}

function exactLogFactorial(y: number): Twice {
  if (y <= 1) return nothing;
  const power = times([y + 0.5, 0], log([y, 0]));
  return plus(minus(power, [y, 0]), [log2Pi[0] / 2, log2Pi[1] / 2]);
}
