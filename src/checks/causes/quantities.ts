import { flattened, shapeIfNumeric } from "../numbers.ts";
import type { ParameterLayout } from "../parameterLayout.ts";
import type { Batch } from "./Batch.ts";
import type { Quantity, Region } from "./Evidence.ts";
import type { Numbers } from "./vectors.ts";

/** What the samples of a batch have, one number each: the data, the model's output, the residual. */
export interface SampleFacts {
  /** Outputs of the model, as the author computes them or as inputs · weights + bias. */
  readonly outputs: readonly Quantity[];
  readonly targets: readonly Quantity[];
  readonly columns: readonly Quantity[];
}

export const targetNames = /^(y|t|target|label|truth|class)/i;

/** Reads the facts from the data; an author's `prediction` goes before what is guessed. */
export function factsOf(
  layout: ParameterLayout,
  batch: Batch,
  prediction: Numbers | undefined,
): SampleFacts {
  const columns = columnsOf(batch);
  const named = columns.filter(({ name }) => targetNames.test(name));
  const outputs = prediction
    ? [{ name: "the output", values: prediction }]
    : [...elementwise(layout, batch), ...linear(layout, batch)];
  return { outputs, targets: named.length ? named : columns, columns };
}

/** Fields with one number for each sample. */
function columnsOf({ fields, size }: Batch): readonly Quantity[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const shape = shapeIfNumeric(field);
    if (!shape || shape.reduce((product, length) => product * length, 1) !== size) return [];
    return [{ name, values: flattened(field) }];
  });
}

/** The same facts at several parameters, one after the other. */
export function joined(all: readonly SampleFacts[]): SampleFacts {
  const join = (kind: keyof SampleFacts) =>
    (all[0]?.[kind] ?? []).map(({ name }, k) => ({
      name,
      values: all.flatMap((facts) => Array.from(facts[kind][k]!.values)),
    }));
  return { outputs: join("outputs"), targets: join("targets"), columns: join("columns") };
}

/** The parameters themselves are the outputs, one for each sample. */
const elementwise = ({ groups, values }: ParameterLayout, { size }: Batch): readonly Quantity[] =>
  groups
    .filter((group) => group.size === size && size > 1)
    .map(({ name, offset }) => ({
      name: name ? `the ${name}` : "the prediction",
      values: Array.from({ length: size }, (_, i) => values[offset + i]!),
    }));

/** inputs · weights plus each scalar group as the bias, or a bias at the end of the weights' own list. */
function linear({ groups, values }: ParameterLayout, batch: Batch): readonly Quantity[] {
  const name = "the output z";
  return Object.values(batch.fields).flatMap((field) => {
    const rows = rowsOf(field, batch.size);
    if (!rows) return [];
    const width = rows[0]!.length;
    const products = (from: number) =>
      rows.map((row) => row.reduce((sum, x, j) => sum + x * values[from + j]!, 0));
    const plain = groups
      .filter(({ size }) => size === width)
      .flatMap((weights) => {
        const scalars = groups.filter((group) => group.size === 1 && group !== weights);
        const biases = scalars.length ? scalars.map(({ offset }) => values[offset]!) : [0];
        const z = products(weights.offset);
        return biases.map((bias) => ({ name, values: z.map((value) => value + bias) }));
      });
    const together = groups
      .filter(({ size }) => size === width + 1)
      .flatMap(({ offset }) =>
        [
          [offset + 1, offset],
          [offset, offset + width],
        ].map(([from, bias]) => ({
          name,
          values: products(from!).map((value) => value + values[bias!]!),
        })),
      );
    return [...plain, ...together];
  });
}

function rowsOf(field: unknown, size: number): readonly (readonly number[])[] | undefined {
  const shape = shapeIfNumeric(field);
  if (!shape || shape[0] !== size || shape.length > 2) return undefined;
  const width = shape[1] ?? 1;
  const numbers = flattened(field);
  return Array.from({ length: size }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

type Term = readonly [name: string, of: (output: number, target: number) => number];

const terms: readonly Term[] = [
  ["the residual", (z, y) => z - y],
  ["σ′(z) = σ(z)(1 − σ(z))", (z) => sigmoid(z) * (1 - sigmoid(z))],
  ["y", (_, y) => y],
  ["the output", (z) => z],
  ["the sum of output and target", (z, y) => z + y],
  ["p(1 − p)", (p) => p * (1 - p)],
  ["1 − tanh²(z)", (z) => 1 - Math.tanh(z) ** 2],
  ["1 − tanh²(r)", (z, y) => 1 - Math.tanh(z - y) ** 2],
  ["σ(z) − y", (z, y) => sigmoid(z) - y],
  ["σ(z)", sigmoid],
  ["1 − σ(z)", (z) => sigmoid(-z)],
  ["tanh(z)", Math.tanh],
  ["tanh(z) − y", (z, y) => Math.tanh(z) - y],
  ["tanh(r)", (z, y) => Math.tanh(z - y)],
  ["the sign of the residual", (z, y) => Math.sign(z - y)],
  ["the size of the residual |r|", (z, y) => Math.abs(z - y)],
  ["the square of the residual", (z, y) => (z - y) ** 2],
  ["e^z", Math.exp],
  ["e^z − y", (z, y) => Math.exp(z) - y],
  ["1 − p", (p) => 1 - p],
  ["1 − y", (_, y) => 1 - y],
  ["the margin y·z", (z, y) => y * z],
  ["σ(y·z)", (z, y) => sigmoid(y * z)],
  ["σ(−y·z)", (z, y) => sigmoid(-y * z)],
  ["1 − y·z", (z, y) => 1 - y * z],
  ["r/√(1 + r²)", (z, y) => (z - y) / Math.hypot(1, z - y)],
  ["√(1 + r²)", (z, y) => Math.hypot(1, z - y)],
  ["r/(1 + r²)", (z, y) => (z - y) / (1 + (z - y) ** 2)],
  ["1 + r²", (z, y) => 1 + (z - y) ** 2],
];

/** Numbers that may stand once too often, or be missing, in the derivative of one sample's loss. */
export function quantitiesFrom({ outputs, targets, columns }: SampleFacts): readonly Quantity[] {
  const made = outputs.flatMap((output) =>
    (targets.length
      ? targets
      : [{ name: "0", values: Array.from(output.values, () => 0) }]
    ).flatMap((target) =>
      terms.map(([name, of]) => ({
        name,
        values: Array.from(output.values, (z, i) => of(z, target.values[i]!)),
      })),
    ),
  );
  const roots = columns
    .filter(({ values }) => Array.from(values).every((value) => value > 0))
    .map(({ name, values }) => ({ name: `√${name}`, values: Array.from(values, Math.sqrt) }));
  return [...made, ...columns, ...roots];
}

/** Places where a loss often changes its formula. */
export function regionsFrom({ outputs, targets }: SampleFacts): readonly Region[] {
  const pairs = outputs.flatMap((output) => targets.map((target) => [output, target] as const));
  const residuals = pairs.map(([z, y]) => Array.from(z.values, (value, i) => value - y.values[i]!));
  const margins = pairs
    .filter(([, y]) => Array.from(y.values).every((value) => Math.abs(value) === 1))
    .map(([z, y]) => Array.from(z.values, (value, i) => value * y.values[i]!));
  const labels = targets
    .map(({ name, values }) => ({ name, values, distinct: [...new Set(Array.from(values))] }))
    .filter(({ distinct }) => distinct.length < 6)
    .flatMap(({ name, values, distinct }) =>
      distinct.map((label) => region(`${name} = ${label}`, values, (value) => value === label)),
    );
  const zeros = targets
    .filter(({ values }) => Array.from(values).every((value) => value >= 0))
    .flatMap(({ name, values }) => [
      region(`${name} = 0`, values, (value) => value === 0),
      region(`${name} is not 0`, values, (value) => value !== 0),
    ]);
  return [
    ...margins.flatMap(marginRegions),
    ...labels,
    ...zeros,
    ...residuals.flatMap((r) => [
      region("the residual is negative", r, (value) => value < 0),
      region("the residual is positive", r, (value) => value > 0),
    ]),
    ...outputs.flatMap(({ name, values }) => [
      region(`${name} is negative`, values, (value) => value < 0),
      region(`${name} is positive`, values, (value) => value > 0),
    ]),
  ];
}

const marginRegions = (m: readonly number[]): readonly Region[] => [
  region("the margin is met (y·z ≥ 1)", m, (value) => value >= 1),
  region("the margin is not met (y·z < 1)", m, (value) => value < 1),
  region("the margin is not met though the sign is right (0 ≤ y·z < 1)", m, (v) => v >= 0 && v < 1),
  region("the sign is right (y·z > 0)", m, (value) => value > 0),
  region("the sign is wrong (y·z < 0)", m, (value) => value < 0),
];

const region = (name: string, values: Numbers, holds: (value: number) => boolean): Region => ({
  name,
  holds: Array.from(values).map(holds),
});

/** The sites on one side of a threshold of the residual or its size, if the wrong ones are just these. */
export function sizeRegion(
  { outputs, targets }: SampleFacts,
  wrong: readonly boolean[],
): Region | undefined {
  for (const output of outputs)
    for (const target of targets) {
      const residuals = Array.from(output.values, (z, i) => z - target.values[i]!);
      const name = bySize(residuals.map(Math.abs), wrong) ?? bySide(residuals, wrong);
      if (name) return { name: `the residual is ${name}`, holds: wrong };
    }
  return undefined;
}

function bySize(sizes: readonly number[], wrong: readonly boolean[]): string | undefined {
  const { inside, outside } = parted(sizes, wrong);
  if (Math.min(...inside) > Math.max(...outside))
    return `larger than about ${roundBetween(Math.max(...outside), Math.min(...inside))} in size (|r| > δ)`;
  if (Math.max(...inside) < Math.min(...outside))
    return `smaller than about ${roundBetween(Math.max(...inside), Math.min(...outside))} in size (|r| ≤ δ)`;
  return undefined;
}

function bySide(residuals: readonly number[], wrong: readonly boolean[]): string | undefined {
  const { inside, outside } = parted(residuals, wrong);
  if (Math.min(...inside) > Math.max(...outside))
    return `above about ${roundBetween(Math.max(...outside), Math.min(...inside))}`;
  if (Math.max(...inside) < Math.min(...outside))
    return `below about ${roundBetween(Math.max(...inside), Math.min(...outside))}`;
  return undefined;
}

const parted = (values: readonly number[], wrong: readonly boolean[]) => ({
  inside: values.filter((_, i) => wrong[i]),
  outside: values.filter((_, i) => !wrong[i]),
});

/** The number with the fewest digits between two numbers. */
function roundBetween(low: number, high: number): number {
  for (let digits = 0; digits < 6; digits++) {
    const unit = 10 ** -digits;
    const value = Math.ceil(low / unit) * unit;
    if (value <= high) return Number(value.toFixed(digits));
  }
  return (low + high) / 2;
}
