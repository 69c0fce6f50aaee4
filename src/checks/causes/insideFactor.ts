import type { ParameterGroup } from "../parameterLayout.ts";
import { type Evidence, type Finder, type Finding, type Reading, within } from "./Evidence.ts";
import { type Numbers, near } from "./vectors.ts";

/**
 * Inside a network one sample's slopes are products, and their quotients give the factors away:
 * what an entry is off by is compared with the next layer's weights, the derivative of the
 * activation, and the input.
 */
export const insideFactor: Finder = (evidence, scope) => {
  const { group } = scope;
  if (!group) return undefined;
  const readings = readingsOf(evidence);
  if (!readings.length) return undefined;
  const got = readings.flatMap((reading) => within(scope, reading).yours);
  const right = readings.flatMap((reading) => within(scope, reading).numeric);
  for (const { name, values } of candidates(evidence, group, readings)) {
    if (values.every((value) => Math.abs(value - 1) < 1e-9)) continue;
    const without = got.map((value, i) => value * values[i]!);
    if (near(without, right, 100 * evidence.close)) return missing(name);
    const twice = right.map((value, i) => value * values[i]!);
    if (near(got, twice, 100 * evidence.close)) return extra(name);
  }
  return undefined;
};

const readingsOf = ({ batch, on }: Evidence): readonly Reading[] =>
  Array.from({ length: Math.min(batch?.size ?? 0, 8) }, (_, i) => on([i])).flatMap(
    (reading) => reading ?? [],
  );

interface Candidate {
  readonly name: string;
  /** One number for each entry of the group, reading by reading. */
  readonly values: readonly number[];
}

function candidates(
  evidence: Evidence,
  group: ParameterGroup,
  readings: readonly Reading[],
): readonly Candidate[] {
  const { groups } = evidence.layout;
  const others = groups.filter((other) => other !== group);
  const weights = others.map(({ name, offset, size }) => ({
    name: `the weights ${name} of the next layer`,
    lists: readings.map(({ values }) => part(values, offset, size)),
  }));
  const lists = [
    ...weights,
    ...activations(others, readings),
    ...inputs(evidence, readings.length),
  ];
  return lists.flatMap(({ name, lists }) =>
    spreads(group, lists[0]?.length ?? 0).map((spread) => ({
      name,
      values: lists.flatMap((list) => spread.map((i) => list[i]!)),
    })),
  );
}

const part = (values: Numbers, offset: number, size: number) =>
  Array.from({ length: size }, (_, i) => values[offset + i]!);

/** The activations h follow from the slopes by the output weights and by the output bias: e·h and e. */
function activations(groups: readonly ParameterGroup[], readings: readonly Reading[]) {
  const biases = groups.filter(({ size }) => size === 1);
  return groups
    .filter(({ size }) => size > 1)
    .flatMap(({ offset, size }) =>
      biases.flatMap((bias) => {
        const lists = readings.map(({ numeric }) =>
          part(numeric, offset, size).map((slope) => slope / numeric[bias.offset]!),
        );
        return derivatives.map(([name, of]) => ({
          name,
          lists: lists.map((list) => list.map(of)),
        }));
      }),
    );
}

const derivatives: readonly (readonly [string, (h: number) => number])[] = [
  ["the activation's derivative tanh′ = 1 − h²", (h) => 1 - h * h],
  ["the activation's derivative σ′ = h(1 − h)", (h) => h * (1 - h)],
  ["the activation's derivative (1 where the unit is active, else 0)", (h) => Number(h > 0)],
  ["the activation h", (h) => h],
];

/** Fields with several numbers for each sample. */
function inputs({ batch }: Evidence, count: number) {
  return Object.entries(batch?.fields ?? {}).flatMap(([name, field]) => {
    const rows = Array.isArray(field) ? field.slice(0, count) : [];
    const full = rows.every((row) => Array.isArray(row) && row.every((v) => typeof v === "number"));
    return rows.length && full ? [{ name: `the input ${name}`, lists: rows as number[][] }] : [];
  });
}

/** The ways in which a list may run along a group's entries: whole, along rows, along columns. */
function spreads({ size, shape }: ParameterGroup, length: number): readonly (readonly number[])[] {
  if (!length || size % length) return [];
  const entries = Array.from({ length: size }, (_, i) => i);
  if (length === size || shape.length < 2) return length === size ? [entries] : [];
  const along = size / length;
  return [entries.map((i) => Math.floor(i / along)), entries.map((i) => i % length)];
}

const missing = (name: string): Finding => ({
  kind: "missing factor",
  says: `lacks the factor ${name}: a piece of the chain rule is missing.`,
  hints: [
    "Compute the gradient for one sample and divide it by the measured one, entry by entry.",
    "The quotient differs from unit to unit: one factor of the chain is left out.",
    `Multiply by ${name} on the way back through the layer.`,
  ],
});

const extra = (name: string): Finding => ({
  kind: "extra factor",
  says: `has the factor ${name} once too often.`,
  hints: [
    "Compute the gradient for one sample and divide it by the measured one, entry by entry.",
    "The quotient differs from unit to unit: one factor of the chain is there twice.",
    `Leave out one ${name}.`,
  ],
});
