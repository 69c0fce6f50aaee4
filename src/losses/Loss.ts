import type { Tensor, TensorLike } from "../engine/index.ts";

/** How the losses of the samples become what the loss gives back. */
export type Reduction = "mean" | "sum" | "none";

/** What every loss can be asked for. */
export interface LossOptions {
  /**
   * `"mean"`: average over the samples, with weights Σ wℓ / Σ w; `"sum"`: Σ wℓ; `"none"`: one loss
   * for each sample. Default `"mean"`. (PyTorch's BCE and Keras divide Σ wℓ by the number of samples
   * instead; here a sample of weight 2 counts as the same sample twice.)
   */
  readonly reduction?: Reduction;
}

/** What the number is of which a loss has one for each sample. */
export type NumberArgument =
  | "residual"
  | "relative residual"
  | "margin"
  | "probability"
  | "logit"
  | "rate"
  | "log rate"
  | "amount"
  | "distance";

/** What the numbers are of which a loss has a row for each sample. */
export type RowArgument =
  | "logits"
  | "probabilities"
  | "log-probabilities"
  | "mask"
  | "mean and variance"
  | "embedding";

/** What a loss is drawn, derived and judged over. */
export type Argument = NumberArgument | RowArgument;

/** Which targets make sense: any number, −1 or 1, 0 or 1, 0 … 1, 0, 1, 2, …, or any from 0 on. */
export type Targets = "numbers" | "signs" | "bits" | "shares" | "counts" | "amounts";

/** One piece of a formula, in mathjs syntax; the last piece needs no condition. */
export interface FormulaPiece {
  readonly where?: string;
  readonly value: string;
}

/** What every loss states about itself. These are claims, and the tests prove each for every loss. */
export interface Facts {
  readonly name: string;
  /** What the loss is a function of. */
  readonly argument: Argument;
  /**
   * The textbook formula; TeX and symbolic derivatives come from it. Its letters: r residual or
   * relative residual, m margin, p probability, z logit or log rate, mu rate, a amount, d distance, y target; of a row: z the row
   * itself, t the row of targets, y the class or number.
   */
  readonly formula: readonly FormulaPiece[];
  /** How a textbook prints it, where what can be computed is not fit to be read. */
  readonly tex?: string | undefined;
  /** The settings the formula mentions, by the names it uses. */
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  /** Whether it is convex in its argument, whatever the target. */
  readonly convex: boolean;
  /** Arguments where the gradient or the curvature jumps. */
  readonly seams: readonly number[];
  /** The largest |gradient| (for rows: its Euclidean norm); Infinity when it has no bound. */
  readonly steepest: number;
  /** Who wrote it down first, or best. */
  readonly source: string;
}

/** A loss sampled as plain numbers: what a figure draws and a table shows. */
export interface LossCurve {
  readonly argument: readonly number[];
  readonly value: readonly number[];
  readonly gradient: readonly number[];
  readonly curvature: readonly number[];
}

export interface CurveOptions {
  /** Where to begin. Default: −3, or 0.001 for probabilities, rates, amounts and distances. */
  readonly from?: number;
  /** Where to end. Default: 3, or 0.999 for probabilities, rates and distances. */
  readonly to?: number;
  /** How many points, both ends included. Default 241. */
  readonly points?: number;
  /** The target it is drawn for. Default 1 (0 for residuals, where it does not matter). */
  readonly target?: number;
}

/**
 * Call it like the function it is; read its facts like the page of a textbook.
 *
 * The loss of a sample is within 4 units in the last place of what it is in exact numbers, also where its terms
 * cancel, and so is its slope by a prediction, with these limits: a residual is rounded before anything is done
 * with it; where targets are shares between 0 and 1, slopes such as q − t are exact to a share of the larger of
 * both; and a sum or mean of losses of both signs is exact to a share of their magnitudes.
 */
export interface AnyLoss extends Facts {
  /**
   * The loss of these predictions, reduced as the options say. There is one weight for each loss; where a
   * sample has a loss for each of several numbers, a column [samples, 1] of weights counts all of its numbers.
   *
   * @throws ShapeError when the shapes do not fit; [n, 1] against [n] is refused and not broadcast
   * @throws RangeError when there is no sample, a target is outside its set, or a number is NaN
   */
  (prediction: TensorLike, target: TensorLike, weights?: TensorLike): Tensor;
  /** Value, gradient and curvature along a line, for drawing. */
  curve(options?: CurveOptions): LossCurve;
}

/** A loss of one number per sample. */
export interface Loss extends AnyLoss {
  readonly targets: Targets;
  /** ℓ, entry by entry and not reduced, in engine operations: what the machine differentiates. */
  value(argument: Tensor, target: Tensor): Tensor;
  /** dℓ/d argument, derived by hand: what the learner differentiates. */
  gradient(argument: number, target?: number): number;
  /** d²ℓ/d argument², derived by hand. */
  curvature(argument: number, target?: number): number;
}

/** A loss of several numbers per sample, such as the logits of all classes. */
export interface RowLoss<Target extends number | readonly number[] = number | readonly number[]>
  extends AnyLoss {
  /** One loss for each row, not reduced, in engine operations. */
  value(rows: Tensor, target: Tensor): Tensor;
  /** The gradient by one row, derived by hand. */
  gradient(row: readonly number[], target: Target): number[];
  /** The Hessian by one row, derived by hand. */
  curvature(row: readonly number[], target: Target): number[][];
}
