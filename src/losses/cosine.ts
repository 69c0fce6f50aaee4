import { defineOperation, type Tensor, type Values } from "../engine/index.ts";
import { angleOfRow, productsOfRow, slopeOfRow } from "./cosineOfRow.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { minus, over, root, type Twice, times } from "./twice.ts";

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
      value: (z, t) => angle(z, t),
      gradient: slopeOfRow,
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

type Pair = readonly [rows: Tensor, other: Tensor];

/**
 * 1 − cos with its slopes. Where two rows almost agree it is a small difference, so it is taken with twice the
 * digits, and where even these do not do from the part of a row that stands at a right angle to the other.
 */
const angle = defineOperation<Pair>({
  name: "1 - cos",
  shape: (rows) => rows!.slice(0, -1),
  compute: (result, [rows, others], [shape]) =>
    anglesOfRows(result, rows!, others!, shape!.at(-1)!),
  back: [
    (g, [z, t]) => g.reshape([-1, 1]).mul(slope(z, t)),
    (g, [z, t]) => g.reshape([-1, 1]).mul(slope(t, z)),
  ],
});

/** (cos · a − b) / |z| of each row, where a and b are the directions. */
const slope = defineOperation<Pair>({
  name: "slope of 1 - cos",
  shape: (rows) => rows!,
  compute: (result, [rows, others], [shape]) =>
    slopesOfRows(result, rows!, others!, shape!.at(-1)!),
  back: [
    (g, [z, t]) => {
      const [a, b] = [direction(z), direction(t)];
      const [c, alongA, alongB] = [dot(a, b), dot(a, g), dot(b, g)];
      const turned = a
        .mul(alongB)
        .add(b.mul(alongA))
        .sub(a.mul(c.mul(alongA)).mul(3));
      return turned.add(g.mul(c)).div(dot(z, z));
    },
    (g, [z, t]) => {
      const [a, b] = [direction(z), direction(t)];
      const turned = a
        .sub(b.mul(dot(a, b)))
        .mul(dot(a, g))
        .add(b.mul(dot(b, g)));
      return turned.sub(g).div(dot(z, z).mul(dot(t, t)).sqrt());
    },
  ],
});

const dot = (left: Tensor, right: Tensor): Tensor =>
  left.mul(right).sum({ axis: -1, keepDims: true });
const direction = (rows: Tensor): Tensor => rows.div(dot(rows, rows).sqrt());

/** 1 − cos of each row. */
function anglesOfRows(result: Values, rows: Values, others: Values, width: number): void {
  for (let row = 0; row < result.length; row++) {
    const from = row * width;
    const { zz, tt, zt } = productsOfRow(rows, others, from, width);
    const [angle] = minus(one, over(zt, root(times(zz, tt))));
    result[row] =
      isOrdinary(zz[0]) && isOrdinary(tt[0]) && angle > enough
        ? angle
        : angleOfRow(rowOf(rows, from, width), rowOf(others, from, width));
  }
}

/** (cos/|z|²)·z − t/(|z||t|) of each row. */
function slopesOfRows(result: Values, rows: Values, others: Values, width: number): void {
  for (let from = 0; from < rows.length; from += width) {
    const { zz, tt, zt } = productsOfRow(rows, others, from, width);
    const perOther = over(one, root(times(zz, tt)));
    const perRow = over(times(zt, perOther), zz);
    let isSure = isOrdinary(zz[0]) && isOrdinary(tt[0]);
    for (let i = from; i < from + width; i++) {
      const [along, across] = [times([rows[i]!, 0], perRow), times([others[i]!, 0], perOther)];
      const slope = minus(along, across)[0];
      isSure &&= Math.abs(slope) >= enough * (Math.abs(along[0]) + Math.abs(across[0]));
      result[i] = slope;
    }
    if (!isSure) result.set(slopeOfRow(rowOf(rows, from, width), rowOf(others, from, width)), from);
  }
}

const one: Twice = [1, 0];
/** What of a difference of numbers with twice the digits may be left. */
const enough = 2 ** -40;
/** Squares that neither overflow nor vanish when they are taken apart or multiplied. */
const isOrdinary = (square: number): boolean => square > 1e-60 && square < 1e60;
const rowOf = (all: Values, from: number, width: number): number[] =>
  Array.from(all.subarray(from, from + width));

function directions(z: readonly number[], t: readonly number[]) {
  const [length, wanted] = [Math.hypot(...z), Math.hypot(...t)];
  const [a, b] = [z.map((x) => x / length), t.map((x) => x / wanted)];
  return { a, b, length, c: a.reduce((sum, x, i) => sum + x * b[i]!, 0) };
}

function hasDirection(name: string, rows: Tensor): void {
  const wrong = rows.abs().sum(-1).data.indexOf(0);
  if (wrong < 0) return;
  throw new RangeError(
    `cosine needs rows with a direction, but row ${wrong} of the ${name} is zero.\nHint: an embedding of zeros often means a dead layer.`,
  );
}
