import { defineOperation, type Tensor } from "../engine/index.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import { eachRow, rowFrom } from "./eachRow.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { exactProduct, minus, over, plus, root, rounded, type Twice, times } from "./twice.ts";

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
 * digits.
 */
const angle = defineOperation<Pair>({
  name: "1 - cos",
  shape: (rows) => rows!.slice(0, -1),
  compute: (result, [rows, others], [shape]) =>
    eachRow(rows!, others!, shape!, (z, t, i) => {
      result[i] = rounded(minus(one, measured(z, t).c));
    }),
  back: [
    (g, [z, t]) => g.reshape([-1, 1]).mul(slope(z, t)),
    (g, [z, t]) => g.reshape([-1, 1]).mul(slope(t, z)),
  ],
});

/** (cos · a − b) / |z| of each row, where a and b are the directions. */
const slope = defineOperation<Pair>({
  name: "slope of 1 - cos",
  shape: (rows) => rows!,
  compute: rowFrom(slopeOfRow),
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

const one: Twice = [1, 0];

/** The cosine and both lengths, of rows made comparable by powers of two so that no square overflows. */
function measured(z: readonly number[], t: readonly number[]) {
  const [left, right] = [scaled(z), scaled(t)];
  const [length, wanted] = [left, right].map((row) => root(product(row.numbers, row.numbers)));
  const c = over(product(left.numbers, right.numbers), times(length!, wanted!));
  return { c, left, right, length: length!, wanted: wanted! };
}

function scaled(row: readonly number[]) {
  const scale = 2 ** Math.floor(Math.log2(Math.max(...row.map(Math.abs))));
  return { numbers: row.map((x) => x / scale), scale };
}

const product = (left: readonly number[], right: readonly number[]): Twice =>
  left.reduce((sum: Twice, x, i) => plus(sum, exactProduct(x, right[i]!)), [0, 0]);

function slopeOfRow(z: readonly number[], t: readonly number[]): number[] {
  const { c, left, right, length, wanted } = measured(z, t);
  return left.numbers.map((x, i) => {
    const [a, b] = [over([x, 0], length), over([right.numbers[i]!, 0], wanted)];
    return rounded(minus(times(c, a), b)) / length[0] / left.scale;
  });
}

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
