import type { Figure } from "./Figure.ts";
import { type LineOptions, line } from "./line.ts";
import { extent, type Numbers, row, say } from "./numbers.ts";

export interface TrainingOptions extends Omit<LineOptions, "mark" | "markers"> {
  /** Epochs without a better validation loss after which training would have stopped. Default: not marked. */
  readonly patience?: number;
}

/**
 * Draws training and validation loss and marks the epoch with the best validation loss.
 * From there on the model may learn what is particular to its training data.
 *
 * @example
 * plot.training({ train: [3, 2, 1, 0.5], validation: [3, 2.5, 2.6, 2.9] }).alt.includes("best validation 2.5 at epoch 1") // → true
 */
export function training(
  history: { readonly train: Numbers; readonly validation?: Numbers },
  { patience, ...options }: TrainingOptions = {},
): Figure {
  const validation = history.validation && row("validation", history.validation);
  const best = validation && extent(validation)?.[0];
  const epoch = best === undefined ? -1 : validation!.indexOf(best);
  const stop = epoch + (patience ?? Infinity);
  const figure = line(
    { train: history.train, ...(validation && { validation }) },
    {
      x: "epoch",
      y: "loss",
      ...options,
      mark: {
        ...(best !== undefined && { [epoch]: "best" }),
        ...(validation && stop < validation.length && { [stop]: "early stop" }),
      },
    },
  );
  if (best === undefined) return figure;
  return figure.with({
    meta: { alt: `${figure.alt} Here, best validation ${say(best)} at epoch ${epoch}.` },
  });
}
