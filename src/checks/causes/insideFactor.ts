import type { ParameterGroup } from "../parameterLayout.ts";
import { type Evidence, type Finder, type Finding, type Reading, within } from "./Evidence.ts";
import { dot, factorBetween, type Numbers, near, norm, pick } from "./vectors.ts";

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
  return otherDerivative(evidence, group, readings, got, right) ?? rowFactors(evidence, group);
};

/** The derivative of the activation is there, but another one than belongs to it. */
function otherDerivative(
  evidence: Evidence,
  group: ParameterGroup,
  readings: readonly Reading[],
  got: readonly number[],
  right: readonly number[],
): Finding | undefined {
  const others = evidence.layout.groups.filter((other) => other !== group);
  for (const lists of hiddenValues(others, readings))
    for (const spread of spreads(group, lists[0]?.length ?? 0)) {
      const spreadOut = (of: (h: number) => number) =>
        lists.flatMap((list) => spread.map((i) => of(list[i]!)));
      for (const [name, of] of derivatives)
        for (const [taken, wrong] of [...derivatives, ...lookalikes]) {
          const [a, b] = [spreadOut(of), spreadOut(wrong)];
          const [left, rest] = [got.map((v, i) => v * a[i]!), right.map((v, i) => v * b[i]!)];
          if (taken !== name && norm(left) > 0 && near(left, rest, 100 * evidence.close))
            return instead(taken, name);
        }
    }
  return undefined;
}

/** What is taken for a derivative of tanh. */
const lookalikes: readonly (readonly [string, (h: number) => number])[] = [
  ["1 − h", (h) => 1 - h],
  ["1 − z²", (h) => 1 - Math.atanh(h) ** 2],
  ["1 + h²", (h) => 1 + h * h],
  ["h²", (h) => h * h],
  ["1 − h²/2", (h) => 1 - (h * h) / 2],
  ["σ′(z)", (h) => (1 - Math.tanh(Math.atanh(h) / 2) ** 2) / 4],
];

/**
 * On every sample each unit's row of weights is a multiple of the right one: what comes in is right,
 * and what flows back into the unit is not.
 */
function rowFactors(evidence: Evidence, group: ParameterGroup): Finding | undefined {
  const { sites, close } = evidence;
  if (group.shape.length !== 2 || evidence.elementwise) return undefined;
  for (const lines of [linesOf(group, "rows"), linesOf(group, "columns")]) {
    if (!lines || lines[0]!.length < 2) continue;
    const pairs = sites().flatMap(({ reading: { yours, numeric } }) =>
      lines.map((line) => ({ yours: pick(yours, line), numeric: pick(numeric, line) })),
    );
    const loud = pairs.filter(({ yours, numeric }) => norm(yours) + norm(numeric) > 1e-12);
    const zero = (list: Numbers) => norm(list) < 1e-12;
    if (loud.length < 6) continue;
    if (loud.every(({ yours, numeric }) => zero(yours) !== zero(numeric))) return reversedMask;
    const along = loud.every(
      ({ yours, numeric }) =>
        zero(yours) || factorBetween(yours, numeric, 100 * close) !== undefined,
    );
    if (along) return flowsBack;
  }
  return undefined;
}

function linesOf({ shape, offset }: ParameterGroup, along: "rows" | "columns") {
  const [rows = 1, columns = 1] = shape;
  const [count, length] = along === "rows" ? [rows, columns] : [columns, rows];
  return Array.from({ length: count }, (_, i) =>
    Array.from(
      { length },
      (_, k) => offset + (along === "rows" ? i * columns + k : k * columns + i),
    ),
  );
}

const reversedMask: Finding = {
  kind: "region",
  says: "is 0 for just the units that should pass something on, and not 0 for the others: the mask of the activation is the wrong way round.",
  hints: [
    "Take one sample and mark which units are active.",
    "Through an active unit of relu the slope passes as it is, through the others nothing.",
    "Turn the comparison round: 1 where z > 0, else 0.",
  ],
};

const flowsBack: Finding = {
  kind: "wrong factor",
  says: "has the right direction for each unit on each sample, but a wrong factor: what comes in is right, what flows back into the unit (outer weight times the activation's derivative) is not.",
  hints: [
    "Compute one sample and one hidden unit by hand.",
    "The unit's weights get the input times one number; the number is wrong.",
    "That number is the error of the output × the weight that leads there × the derivative of the activation at z.",
  ],
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

function activations(groups: readonly ParameterGroup[], readings: readonly Reading[]) {
  return hiddenValues(groups, readings).flatMap((lists) =>
    derivatives.map(([name, of]) => ({ name, lists: lists.map((list) => list.map(of)) })),
  );
}

/**
 * The activations h follow from the slopes by the next layer's weights and by its bias: h ⊗ e and e,
 * with one e for each output.
 */
function hiddenValues(groups: readonly ParameterGroup[], readings: readonly Reading[]) {
  return groups
    .filter(({ size }) => size > 1)
    .flatMap((weights) =>
      groups
        .filter((bias) => bias !== weights && bias.shape.length < 2)
        .flatMap((bias) => {
          const lists = readings.map(({ numeric }) => heightsIn(numeric, weights, bias));
          return lists.every((list) => list !== undefined) ? [lists] : [];
        }),
    );
}

/** The h of one sample, if the slopes by the weights are h ⊗ e with the bias's slopes as e. */
function heightsIn(
  numeric: Numbers,
  weights: ParameterGroup,
  bias: ParameterGroup,
): readonly number[] | undefined {
  const e = part(numeric, bias.offset, bias.size);
  const outputs = part(numeric, weights.offset, weights.size);
  const units = weights.size / bias.size;
  const [rows = 0, columns = 1] = weights.shape;
  if (!Number.isInteger(units) || units < 2 || dot(e, e) === 0) return undefined;
  if (![rows, columns].includes(units)) return undefined;
  const at = (unit: number, k: number) =>
    outputs[rows === units ? unit * bias.size + k : k * units + unit]!;
  const h = Array.from(
    { length: units },
    (_, unit) => e.reduce((sum, slope, k) => sum + slope * at(unit, k), 0) / dot(e, e),
  );
  const product = h.flatMap((height) => e.map((slope) => height * slope));
  const given = h.flatMap((_, unit) => e.map((_, k) => at(unit, k)));
  return near(product, given, 1e-4) ? h : undefined;
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

const instead = (taken: string, name: string): Finding => ({
  kind: "wrong factor",
  says: `has ${taken} where ${name} belongs.`,
  hints: [
    "Compute the gradient for one sample and divide it by the measured one, entry by entry.",
    "The quotient differs from unit to unit: the activation's derivative is another function.",
    `Put ${name} in its place, with h the unit's output.`,
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
