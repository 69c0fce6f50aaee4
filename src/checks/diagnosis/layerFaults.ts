import { bad, type Item, short } from "../Item.ts";
import { median, stretch } from "./curve.ts";
import type { RunRecord } from "./RunRecord.ts";

/** So many times shorter or longer than elsewhere, a layer learns nothing, or nothing else does. */
const apart = 1e4;
/** At the start, where the error reaches the last layer in full, less is enough. */
const apartAtFirst = 1e3;

/** Gradients that vanish or explode on their way from the output back to the input. */
export function gradientFaults({ layers = {}, train }: RunRecord): readonly Item[] {
  // Late in a run all gradients are short; the way they compare shows early, and most at the start,
  // though not in the first step alone, where a layer may begin with zeros.
  const normsOf = (part: (values: readonly number[]) => readonly number[]) =>
    Object.entries(layers)
      .map(([name, values]) => ({ name, norm: median(part(Array.from(values))) }))
      .filter(({ norm }) => !Number.isNaN(norm));
  const start = normsOf((values) => values.slice(0, 3));
  const half = normsOf((values) => stretch(values, 0, 0.5));
  const series = [...alike(half), ...alike(start)];
  const grown = series.find(
    ({ first, usual }) => first.norm > apart * usual.norm && first.norm > 1,
  );
  if (grown) return [exploding(grown.first, grown.usual)];
  const faded =
    alike(half).find(({ first, longest }) => first.norm * apart < longest.norm) ??
    alike(start).find(({ first, longest }) => first.norm * apartAtFirst < longest.norm);
  if (faded) return [vanishing(faded.first, faded.longest)];
  const learned = train[train.length - 1]! < 0.5 * train[0]!;
  const nothing = series.find(
    ({ longest, count }) => count > 3 && longest.norm < 1e-6 * Math.abs(train[0]!),
  );
  return nothing && !learned ? [vanishing(nothing.first, nothing.longest)] : [];
}

/**
 * Weights with weights, biases with biases: the first of each kind beside the later half, of which the
 * longest and the middle one are taken.
 */
function alike(norms: readonly Norm[]) {
  const kindOf = ({ name }: Norm) => (name.includes(".") ? name.split(".").at(-1)! : "");
  return [...new Set(norms.map(kindOf))].flatMap((kind) => {
    const own = norms.filter((norm) => kindOf(norm) === kind);
    const later = own.slice(Math.ceil(own.length / 2)).toSorted((a, b) => b.norm - a.norm);
    const [longest, usual] = [later[0], later[Math.floor(later.length / 2)]];
    return longest && usual ? [{ first: own[0]!, longest, usual, count: own.length }] : [];
  });
}

interface Norm {
  readonly name: string;
  readonly norm: number;
}

const vanishing = (first: Norm, late: Norm): Item =>
  bad("vanishing gradient", "failed", {
    evidence: `The gradient of ${first.name} is ${short(first.norm)} long, that of ${late.name} ${short(late.norm)}.`,
    remedy:
      "Begin with weights of the right size (Xavier for tanh, He for ReLU), leave sigmoids in hidden layers away, or add residual connections.",
    lesson: "18",
  });

const exploding = (first: Norm, late: Norm): Item =>
  bad("exploding gradient", "failed", {
    evidence: `The gradient of ${first.name} is ${short(first.norm)} long, that of ${late.name} ${short(late.norm)}.`,
    remedy: "Begin with smaller weights (Xavier, He), and clip the gradient by its norm.",
    lesson: "18",
  });

/** Units that give the same for every sample, or stand at the end of their range. */
export function unitFaults({ activations = {} }: RunRecord): readonly Item[] {
  const layers = Object.entries(activations).map(([name, rows]) => ({ name, ...unitsOf(rows) }));
  const dead = layers.filter(({ still, units }) => still > 0.2 * units);
  const full = layers.filter(({ saturated, units }) => saturated > 0.5 * units);
  return [
    ...dead.map(({ name, still, units }) =>
      bad("dead units", "failed", {
        evidence: `In ${name} ${still} of ${units} units give the same for every sample.`,
        remedy:
          "Lower the learning rate, begin with He's weights and biases of 0, or use a leaky ReLU: at 0 a ReLU has no slope and never comes back.",
        lesson: "18",
      }),
    ),
    ...full.map(({ name, saturated, units }) =>
      bad("saturated units", "failed", {
        evidence: `In ${name} ${saturated} of ${units} units stand at an end of their range for most samples, where their slope is almost 0.`,
        remedy: "Begin with smaller weights, and standardise the inputs.",
        lesson: "18",
      }),
    ),
  ];
}

function unitsOf(rows: readonly ArrayLike<number>[]) {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, unit) =>
    rows.map((row) => row[unit]!),
  );
  const all = columns.flat();
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const still = columns.filter((column) => column.every((value) => value === column[0])).length;
  // Only functions that end on both sides saturate: tanh from −1 to 1, the sigmoid from 0 to 1.
  const bounded = most <= 1 && (least >= 0 ? most > 0.99 : least >= -1 && most > 0.99);
  const atEnd = (value: number) => Math.min(most - value, value - least) < 0.01 * (most - least);
  const saturated = columns.filter(
    (column) => column.filter(atEnd).length > 0.9 * column.length,
  ).length;
  return { units: columns.length, still, saturated: bounded ? saturated - still : 0 };
}
