import { curvature, type StableRateOptions, stableRate } from "../curvature/index.ts";
import type { Optimizer } from "../optimizers/index.ts";
import type { Run } from "./Run.ts";
import { brief, type Ending } from "./stopping.ts";
import type { AnyOptions } from "./TrainOptions.ts";

/** A loss this many times as large as it was at first will not come back. */
const beyondHope = 1e12;

interface Seen {
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
}

/**
 * Why no further step makes sense, if so: the loss or its gradient is no number any more, or has
 * outgrown the first loss by far.
 *
 * @throws RangeError when that is so before the first step, since then no rate is to blame
 */
export function divergence(run: Run, seen: Seen): Ending | undefined {
  const { loss, gradientNorm } = seen;
  const first = run.first!;
  const isSound = Number.isFinite(loss) && Number.isFinite(gradientNorm);
  if (isSound && Math.abs(loss) <= beyondHope * (Math.abs(first) + 1)) return undefined;
  if (run.step === 0)
    throw new RangeError(
      `The loss is ${loss} and its gradient ${gradientNorm} long before the first step.\nHint: ${hintFor(run)}`,
    );
  return { outcome: "diverged", reason: `${inWords(run, seen)}\n${advice(run, seen)}` };
}

/** A model that begins at logit 0 gives no probability 0, but certainty of the wrong class. */
function hintFor({ job }: Run): string {
  const { loss } = job.options as Pick<AnyOptions, "loss">; // the options of a cost have none
  if (loss !== undefined && "argument" in loss && loss.argument === "probability")
    return "this loss takes probabilities; raw scores (logits) belong into bceWithLogits.";
  return "begin with other parameters, or look for the part of the model or data that is this large.";
}

const inWords = ({ step, first }: Run, { loss }: Seen): string =>
  `The run diverged: after ${step} ${step === 1 ? "step" : "steps"} the loss is ${brief(loss)}; it began at ${brief(first!)}.`;

function advice(run: Run, { learningRate }: Seen): string {
  const { optimizer } = run.job;
  const form = momentumOf(optimizer);
  const smaller = `Hint: try a smaller learning rate than ${brief(learningRate)}`;
  if (form === undefined) return `${smaller}, or clip the gradient.`;
  const { largest } = bendAtStart(run);
  const bound = stableRate(largest, form);
  if (bound === Infinity) return `${smaller}; the loss does not bend upwards where the run began.`;
  const at = `where the run began the loss bends by up to ${brief(largest)}, so steps are stable below ${brief(bound)}`;
  if (learningRate > bound)
    return `The learning rate was ${brief(learningRate)}, but ${at}.\nHint: half of that is a good start.`;
  return `The learning rate was ${brief(learningRate)}, and ${at}; elsewhere it bends more.\n${smaller}, or clip the gradient.`;
}

/** How the loss bends in all samples, where the run began. */
function bendAtStart({ job, start }: Run) {
  const { flat, cost } = job.objective;
  const { x, y, weights } = job.samples;
  return curvature(cost, { tolerance: 1e-4, products: 50 })(
    flat.tensors(start),
    x,
    y,
    undefined,
    weights,
  );
}

/** How an optimizer carries on, for those that the bound of the quadratic is known for. */
function momentumOf({ name, settings }: Optimizer): StableRateOptions | undefined {
  const known = settings as { beta?: number; momentum?: number; nesterov?: boolean };
  switch (name) {
    case "Gradient descent":
      return {};
    case "SGD":
      return { momentum: known.momentum ?? 0, form: known.nesterov ? "nesterov" : "heavy ball" };
    case "Heavy ball":
      return { momentum: known.beta ?? 0 };
    case "Averaged momentum":
      return { momentum: known.beta ?? 0, form: "averaged" };
    case "Nesterov momentum":
      return { momentum: known.beta ?? 0, form: "nesterov" };
    default:
      return undefined;
  }
}
