/** Numbers in a row, as `train` records them. */
type Numbers = ArrayLike<number>;

/**
 * What a run left behind: the history of `train`, and whatever else was kept. Only the losses must be
 * there; the more there is, the more can be told.
 */
export interface RunRecord {
  /** Training loss, one entry for each epoch (or step). */
  readonly train: Numbers;
  /** Loss on held-out samples at the same times. */
  readonly validation?: Numbers;
  /** Length of the gradient at the same times. */
  readonly gradientNorm?: Numbers;
  /** Length of the gradient in each part of the parameters, from the input to the output. */
  readonly layers?: Readonly<Record<string, Numbers>>;
  /** What each hidden layer gives: one row for each sample, one number for each unit. */
  readonly activations?: Readonly<Record<string, readonly Numbers[]>>;
  /** The class of each sample, and the class that the model says. */
  readonly labels?: Numbers;
  readonly predictions?: Numbers;
  /** The metric that the run is judged by, for example `"accuracy"`. */
  readonly metric?: string;
}
