import { isSingle, largestSize } from "../numbers.ts";
import { type Evidence, type Finder, type Finding, within } from "./Evidence.ts";
import { constant, dot, minus, near, norm, short, times } from "./vectors.ts";

/** Nothing was ever written into these entries. */
export const neverSet: Finder = (evidence, scope) => {
  const { yours } = within(scope, evidence);
  if (norm(yours) > 0) return undefined;
  return {
    kind: "never set",
    says: "is 0 everywhere: it is never set.",
    hints: [
      "Print the entry just before you return it.",
      "It starts at 0 and nothing is added to it, or the sum goes into another variable.",
      "Add this parameter's share for each sample, as for the other parameters.",
    ],
  };
};

/** The right sizes without their signs, or the right signs without their sizes. */
export const signOrSize: Finder = (evidence, scope) => {
  const { yours, numeric } = within(scope, evidence);
  if (numeric.length < 2) return undefined;
  if (near(yours, numeric.map(Math.abs), evidence.close))
    return finding(
      "absolute",
      "has the right sizes but lost the minus signs.",
      "An absolute value, or a square root of a square, removes the sign.",
      "Keep the sign of the residual: r, not |r|.",
    );
  if (near(yours, numeric.map(Math.sign), evidence.close))
    return finding(
      "signs only",
      "has only the signs of the right gradient, each of size 1.",
      "Something like Math.sign stands where the value itself belongs.",
      "Use the value; the sign alone is the gradient of an absolute value.",
    );
  return undefined;
};

/** Cut off entry by entry, or scaled down to a certain length. */
export const clipped: Finder = (evidence, scope) => {
  const lengths = [evidence, ...evidence.elsewhere()].map((reading) => within(scope, reading));
  const limits = cutOff(lengths, evidence.close);
  if (limits)
    return finding(
      "clipped",
      `is cut off ${limits}: entries beyond all became that.`,
      "The gradient is clipped where it is computed.",
      "Return the whole gradient; clipping belongs to the optimizer's step.",
    );
  const length = constant(
    lengths.map((part) => norm(part.yours)),
    evidence.close,
  );
  const along = lengths.every((part) =>
    near(
      part.yours,
      times(norm(part.yours) / norm(part.numeric), part.numeric),
      10 * evidence.close,
    ),
  );
  if (lengths.length < 2 || length === undefined || !along) return undefined;
  return finding(
    "clipped",
    `has the right direction, but always the length ${short(length)}: it is normalised or clipped by its norm.`,
    "The gradient is divided by its own length.",
    "Return the whole gradient; clipping belongs to the optimizer's step.",
  );
};

/** The limits between which all entries are kept, on both sides or on one. */
function cutOff(readings: readonly Part[], close: number): string | undefined {
  const yours = readings.flatMap((part) => part.yours);
  const numeric = readings.flatMap((part) => part.numeric);
  const [low, high] = [Math.min(...yours), Math.max(...yours)];
  const size = largestSize(yours);
  const ways = [
    [`at ±${short(size)}`, -size, size],
    [`at ${short(high)} from above`, Number.NEGATIVE_INFINITY, high],
    [`at ${short(low)} from below`, low, Number.POSITIVE_INFINITY],
    [`at ${short(low)} and ${short(high)}`, low, high],
  ] as const;
  const hit = ways.find(([, from, to], way) => {
    // Cut at 0 is a mask, not a limit.
    if (from === 0 || to === 0) return false;
    const beyond = numeric.filter(
      (v) => v < from - 10 * close * size || v > to + 10 * close * size,
    );
    const kept = numeric.map((value) => Math.min(to, Math.max(from, value)));
    // One entry that is off may have any value; two that end at one limit are cut.
    const some = beyond.length > 1 && (way === 0 || beyond.length < numeric.length);
    return some && near(yours, kept, 10 * close);
  });
  return hit?.[0];
}

interface Part {
  readonly yours: readonly number[];
  readonly numeric: readonly number[];
}

/** What came back is not a gradient but the parameters, moved or not, or the function's value. */
export const notAGradient: Finder = (evidence, scope) => {
  const { yours, numeric, values } = within(scope, evidence);
  const all = [evidence, ...evidence.farther()];
  if (all.length > 2 && all.every((at) => isValue(within(scope, at).yours, at.height, evidence)))
    return finding(
      "a step",
      "is the value of the function itself, not its slope.",
      "The number is what the function gives here.",
      "Return its derivative by each parameter.",
    );
  if (norm(values) > 0 && near(yours, values, evidence.close))
    return finding(
      "a step",
      "is the parameters themselves.",
      "What is returned is θ, not the slope at θ.",
      "Return the derivative of the function by each parameter.",
    );
  if (scope.indices.length < 2) return undefined;
  const move = minus(yours, values);
  const rate = -dot(move, numeric) / dot(numeric, numeric);
  if (rate > 0 && near(move, times(-rate, numeric), 10 * evidence.close))
    return finding(
      "a step",
      `is the parameters after a step: θ − ${short(rate)}·gradient.`,
      "The update has already been made.",
      "Return the gradient alone; the optimizer makes the step.",
    );
  return undefined;
};

const isValue = (yours: readonly number[], height: number | undefined, { close }: Evidence) =>
  height !== undefined && yours.every((value) => near([value], [height], close));

/** The whole list became its sum or its mean. */
export const collapsed: Finder = (evidence, scope) => {
  const { yours, numeric } = within(scope, evidence);
  const value = constant(yours, evidence.close);
  if (value === undefined || numeric.length < 2) return undefined;
  const sum = numeric.reduce((total, entry) => total + entry, 0);
  const what = [
    ["sum", sum],
    ["mean", sum / numeric.length],
  ] as const;
  const hit = what.find(([, right]) => near([value], [right], 10 * evidence.close));
  if (!hit) return undefined;
  return finding(
    "reduction",
    `has the same number everywhere, the ${hit[0]} of the right entries: it is reduced over one axis too many.`,
    "A sum or a mean runs over the parameters as well as over the samples.",
    "Sum over the samples only; each parameter keeps its own slope.",
  );
};

/** Off by little, without pattern. */
export const noise: Finder = (evidence, scope) => {
  const { yours, numeric } = within(scope, evidence);
  const error = norm(minus(yours, numeric)) / norm(numeric);
  const single = isSingle(yours);
  const limit = single ? 0.03 : 1e-3;
  const signs = new Set(minus(yours, numeric).map(Math.sign));
  if (error > limit || yours.length < 4 || !signs.has(1) || !signs.has(-1)) return undefined;
  const why = single
    ? "it is computed in float32, where numbers of different size cancel"
    : "as differences with a step that is too large or too small leave it, or a constant with too few digits";
  return finding(
    "noise",
    `is off by about ${short(100 * error)} % here and there without a pattern: ${why}.`,
    "Rounding, or an approximate derivative, blurs the last digits.",
    "Compute in float64, with the exact derivative.",
  );
};

function finding(kind: Finding["kind"], says: string, what: string, how: string): Finding {
  return {
    kind,
    says,
    hints: [
      "Put your gradient beside the measured one and compare them entry by entry.",
      what,
      how,
    ],
  };
}
