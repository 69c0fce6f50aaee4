import type { Tensor, TensorLike, TensorsOf } from "../engine/index.ts";

export interface PredictOptions {
  /**
   * Given while training, to draw the units that dropout leaves out; another for each step. Default:
   * none are left out, as a trained model is used.
   */
  readonly seed?: number;
}

/**
 * A model is a function of its parameters and of samples, with facts about itself.
 * It holds no numbers: the parameters are plain data, so a run can be drawn, saved and replayed, and
 * every derivative works on `(p) => loss(model(p, x), y)`.
 */
export interface Model<P = unknown> {
  /**
   * What it predicts for the samples in the rows of x.
   *
   * @throws ShapeError when the samples have another number of features
   */
  (parameters: TensorsOf<P>, x: TensorLike, options?: PredictOptions): Tensor;
  readonly name: string;
  /** The numbers and words it was made with, by the names of its options. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The prediction in TeX, line by line. */
  readonly formula: readonly string[];
  readonly source: string;
  /** Fresh parameters; the same seed gives the same ones, on every machine. Default 1. */
  start(seed?: number): P;
}
