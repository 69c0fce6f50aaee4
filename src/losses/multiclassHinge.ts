import { oneHot, roundedOff, type Tensor, where } from "../engine/index.ts";
import { oneOf, positive } from "../options.ts";
import { classesFit, defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";

export interface MulticlassHingeOptions extends LossOptions {
  /** How far the right class should lead. Default 1. */
  readonly margin?: number;
  /**
   * `"worst"`: the class that comes too near by most (Crammer & Singer; Keras). `"sum"`: all that come
   * too near (Weston & Watkins). `"torch"`: that sum divided by the number of classes.
   * Default `"worst"`.
   */
  readonly variant?: "worst" | "sum" | "torch";
}

/**
 * Multiclass hinge: the right class should lead every other by a margin.
 * Rows that do so pull no more, however far they lead.
 *
 * @throws RangeError when a class is not there or the margin is not positive
 *
 * @example
 * multiclassHinge()([[2, 1.5, 0]], [0])                       // → 0.5
 * multiclassHinge({ variant: "sum" })([[2, 1.5, 1.5]], [0])   // → 1
 */
export function multiclassHinge(options: MulticlassHingeOptions = {}): RowLoss<number> {
  const { margin, variant, reduction } = lossOptions<Settings>("multiclassHinge", options, {
    margin: 1,
    variant: "worst",
  });
  positive("margin", margin);
  oneOf("variant", variant, Object.keys(texts));
  const others = "(c - subset(z, index(y + 1)) + z)";
  return defineRowLoss(
    {
      name: "Multiclass hinge",
      argument: "logits",
      targets: "class",
      formula: [{ value: formulas(others)[variant] }],
      tex: texts[variant],
      parameters: { c: margin },
      value: (rows, y) => overlapOf(rows, y, margin, variant),
      gradient: (row, y) => slope(row, y, margin, variant),
      curvature: (row) => row.map(() => row.map(() => 0)),
      convex: true,
      seams: [],
      steepest: variant === "worst" ? Math.SQRT2 : Infinity,
      line: { row: (z) => [z, 0], direction: [1, 0], target: 0, from: -3, to: 3 },
      check: (rows, y) => classesFit("multiclassHinge", rows, y),
      source:
        "Crammer & Singer (2001), On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines. JMLR 2",
    },
    { reduction },
  );
}

type Settings = Required<Omit<MulticlassHingeOptions, "reduction">>;
type Variant = Settings["variant"];

const texts: Record<Variant, string> = {
  worst: String.raw`\max_{j \ne y} \max(0, c - z_y + z_j)`,
  sum: String.raw`\sum_{j \ne y} \max(0, c - z_y + z_j)`,
  torch: String.raw`\frac1C \sum_{j \ne y} \max(0, c - z_y + z_j)`,
};

/** The right class itself is off by exactly the margin, which is taken away again. */
const formulas = (others: string): Record<Variant, string> => ({
  worst: `max(map(${others}, f(x, i) = i[1] == y + 1 ? 0 : max(x, 0)))`,
  sum: `sum(map(${others}, f(x) = max(x, 0))) - c`,
  torch: `(sum(map(${others}, f(x) = max(x, 0))) - c) / size(z)[1]`,
});

function overlapOf(rows: Tensor, y: Tensor, margin: number, variant: Variant): Tensor {
  const [n, count] = [rows.shape[0]!, rows.shape[1]!];
  const right = rows.pick(y).reshape([n, 1]);
  // What the first difference lost counts where the margin takes most of it away.
  const lead = rows.sub(right).add(margin).add(roundedOff(rows, right)).relu();
  const overlaps = where(oneHot(y, count), 0, lead);
  if (variant === "worst") return overlaps.max(-1);
  return variant === "sum" ? overlaps.sum(-1) : overlaps.sum(-1).div(count);
}

function slope(row: readonly number[], y: number, margin: number, variant: Variant): number[] {
  const overlaps = row.map((z, c) => (c === y ? 0 : Math.max(0, z - row[y]! + margin)));
  const worst = Math.max(...overlaps);
  const ties = overlaps.filter((overlap) => overlap === worst).length;
  const pulls = overlaps.map((overlap) => {
    if (overlap === 0) return 0;
    if (variant === "worst") return overlap === worst ? 1 / ties : 0;
    return variant === "sum" ? 1 : 1 / row.length;
  });
  pulls[y] = -pulls.reduce((sum, pull) => sum + pull, 0);
  return pulls;
}
