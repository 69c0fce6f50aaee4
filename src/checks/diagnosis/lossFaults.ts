import { bad, type Item, short } from "../Item.ts";
import { alternation, type Curve, curveOf, fallOf, mean, roughness, stretch } from "./curve.ts";
import type { RunRecord } from "./RunRecord.ts";

/** Fewer entries show no course. */
const enough = 8;

/** What the losses alone tell; at most one of them, since each explains the course by itself. */
export function lossFaults(run: RunRecord): readonly Item[] {
  const curve = curveOf(run.train);
  const fault =
    diverged(curve) ??
    (curve.values.length < enough
      ? undefined
      : (oscillating(curve) ?? stoodStill(curve) ?? tooSlow(curve, run) ?? plateau(curve, run)));
  return fault ? [fault] : [];
}

function diverged({ values, first, last, least }: Curve): Item | undefined {
  const lost = values.findIndex((value) => !Number.isFinite(value));
  const size = Math.abs(least) + Math.abs(first);
  const grown = Math.abs(last) > 3 * size && last > first;
  if (lost < 0 && !grown) return undefined;
  const end = lost >= 0 ? `is ${values[lost]} at entry ${lost}` : `rose to ${short(last)}`;
  return bad("diverged", "failed", {
    evidence: `The loss began at ${short(first)} and ${end}.`,
    remedy:
      "Divide the learning rate by ten; preflight computes the bound 2/λmax. If it happens late and at once, clip the gradient by its norm.",
    lesson: "11",
  });
}

function oscillating({ values, range }: Curve): Item | undefined {
  const end = stretch(values, 0.5, 1);
  const [turns, size, level] = [alternation(end), roughness(end), Math.abs(mean(end))];
  const progress = fallOf(end);
  const zigzag = turns > 0.9 && size > 0.01 * level && size > 0.002 * range;
  const wild = turns > 0.45 && size > 0.2 * level && size > 0.05 * range;
  if (!(zigzag || wild) || progress > 2 * size) return undefined;
  return bad("oscillating", "failed", {
    evidence: `In the second half the loss goes up and down by ${short(size)} around ${short(level)} and no longer falls.`,
    remedy: "Lower the learning rate, or let it decay: a constant step leaps over the minimum.",
    lesson: "12",
  });
}

/** A long flat stretch that ends in a fall. */
function stoodStill({ values }: Curve): Item | undefined {
  const length = Math.max(enough / 2, Math.floor(0.2 * values.length));
  for (let start = 0; start + length < values.length; start++) {
    const part = values.slice(start, start + length);
    const level = mean(part);
    const flat = Math.max(...part) - Math.min(...part) < 0.01 * Math.abs(level);
    if (!flat || values.at(-1)! > 0.6 * level) continue;
    return bad("plateau", "look", {
      evidence: `From entry ${start} on the loss stood at ${short(level)} for at least ${length} entries, and only then fell to ${short(values.at(-1)!)}.`,
      remedy:
        "Momentum or Adam cross plateaus faster; other initial weights, or scaled inputs, may avoid it.",
      lesson: "18",
    });
  }
  return undefined;
}

function tooSlow({ values, first, last }: Curve, { gradientNorm }: RunRecord): Item | undefined {
  const fall = first - last;
  const [early, late] = [fallOf(stretch(values, 0, 0.3)), fallOf(stretch(values, 0.7, 1))];
  const steady = late > 0 && late > 0.35 * early && alternation(values) < 0.3;
  const small = fall > 1e-7 * Math.abs(first) && fall < 0.6 * Math.abs(first);
  if (!steady || !small || isFlat(gradientNorm, first)) return undefined;
  return bad("too slow", "failed", {
    evidence: `The loss went from ${short(first)} to ${short(last)} and was still falling at the end, by ${short(late)} in the last third against ${short(early)} in the first.`,
    remedy:
      "Raise the learning rate, ten times at a go, until it oscillates, and step back; the learning-rate finder does this in one run. Standardise the inputs.",
    lesson: "17",
  });
}

/** A gradient so short that no reasonable rate would get anywhere. */
const isFlat = (gradientNorm: RunRecord["gradientNorm"], loss: number) =>
  gradientNorm !== undefined &&
  gradientNorm.length > 0 &&
  mean(Array.from(gradientNorm)) < 1e-3 * Math.abs(loss);

function plateau({ values, first, least }: Curve, { gradientNorm }: RunRecord): Item | undefined {
  const end = stretch(values, 0.3, 1);
  const barely =
    first - least < 0.02 * Math.abs(first) && Math.abs(fallOf(end)) < 0.01 * Math.abs(first);
  if (!barely) return undefined;
  const slope = isFlat(gradientNorm, first) ? " The gradient is almost 0." : "";
  return bad("plateau", "failed", {
    evidence: `The loss stayed at ${short(mean(end))}, hardly below the ${short(first)} it began with.${slope}`,
    remedy:
      "Look for saturated or dead units, a sigmoid under a squared error, features without scale, or targets that the features say nothing about.",
    lesson: "18",
  });
}
