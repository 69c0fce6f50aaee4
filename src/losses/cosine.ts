import type { Tensor } from "../engine/index.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";

/**
 * Cosine loss: one minus the cosine of the angle between prediction and target, for each row.
 * Only the direction counts, not the length: the gradient stands at a right angle to the prediction.
 * (Keras gives −cos; Optax 1 − cos as here; PyTorch adds 1e-12 to the squared lengths.)
 *
 * @throws RangeError when a row is zero, since it has no direction
 *
 * @example
 * cosine({ reduction: "none" })([[1, 0], [1, 1], [-2, 0]], [[5, 0], [1, 0], [1, 0]])   // → [0, 0.292893218813, 2]
 */
export function cosine(options: LossOptions = {}): RowLoss<readonly number[]> {
  return defineRowLoss(
    {
      name: "Cosine",
      argument: "embedding",
      targets: "row",
      formula: [{ value: "1 - sum(z .* t) / sqrt(sum(z .* z) * sum(t .* t))" }],
      tex: String.raw`1 - \frac{z \cdot t}{\lVert z \rVert \lVert t \rVert}`,
      parameters: {},
      // Half the squared way from one direction to the other: where they almost agree, 1 − cos is all rounding.
      value: (z, t) => direction(z).sub(direction(t)).square().sum(-1).mul(0.5),
      gradient: (z, t) => {
        const { a, b, c, length } = directions(z, t);
        return a.map((each, i) => (c * each - b[i]!) / length);
      },
      curvature: (z, t) => {
        const { a, b, c, length } = directions(z, t);
        return a.map((ai, i) =>
          a.map((aj, j) => {
            const turned = ai * b[j]! + b[i]! * aj - 3 * c * ai * aj;
            return (turned + (i === j ? c : 0)) / length ** 2;
          }),
        );
      },
      convex: false,
      seams: [],
      steepest: Infinity,
      line: { row: (x) => [x, 1], direction: [1, 0], target: [1, 0], from: -3, to: 3 },
      check: (z, t) => {
        hasDirection("prediction", z);
        hasDirection("target", t);
      },
      source:
        "Bromley et al. (1993), Signature Verification using a Siamese Time Delay Neural Network. doi:10.1142/S0218001493000339",
    },
    lossOptions("cosine", options, {}),
  );
}

/** Both rows as unit vectors, their cosine, and the length of the first. */
const direction = (rows: Tensor): Tensor =>
  rows.div(rows.square().sum({ axis: -1, keepDims: true }).sqrt());

function directions(z: readonly number[], t: readonly number[]) {
  const [length, wanted] = [Math.hypot(...z), Math.hypot(...t)];
  const [a, b] = [z.map((x) => x / length), t.map((x) => x / wanted)];
  return { a, b, length, c: a.reduce((sum, x, i) => sum + x * b[i]!, 0) };
}

function hasDirection(name: string, rows: Tensor): void {
  const wrong = rows.square().sum(-1).data.indexOf(0);
  if (wrong < 0) return;
  throw new RangeError(
    `cosine needs rows with a direction, but row ${wrong} of the ${name} is zero.\nHint: an embedding of zeros often means a dead layer.`,
  );
}
