import { gather } from "../../engine/index.ts";
import { isFloatArray, isRecord, isTensor } from "../numbers.ts";

/** Data that can be taken apart into samples. */
export interface Batch {
  readonly size: number;
  /** The same data with these samples only. */
  take(samples: readonly number[]): unknown;
  /** The same data with the entries of one field in another order, the other fields as they were. */
  reordered(field: string, order: readonly number[]): unknown;
  /** The same data with every number of one field multiplied. */
  scaled(field: string, factor: number): unknown;
  /** Every number list that has one entry for each sample, by its name. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** All ways in which data may be read as a list of samples, the likeliest first. */
export function readingsOf(data: unknown): readonly Batch[] {
  if (isList(data)) {
    const rows = listOf(data, (samples) => taken(data, samples), { data });
    return isTuple(data) ? [tuple(data), rows] : [rows];
  }
  if (!isRecord(data)) return [];
  const lengths = Object.values(data).filter(isList).map(lengthOf);
  const size = mostFrequent(lengths);
  return size === undefined || size < 1 ? [] : [recordOf(data, size)];
}

type List = readonly unknown[] | Float64Array | Float32Array | ReturnType<typeof gather>;

const isList = (value: unknown): value is List =>
  Array.isArray(value) || isFloatArray(value) || (isTensor(value) && value.shape.length > 0);

const lengthOf = (list: List): number => (isTensor(list) ? list.shape[0]! : list.length);

function taken(list: List, samples: readonly number[]): unknown {
  if (isTensor(list)) return gather(list, [...samples]);
  const picked = samples.map((i) => list[i]);
  if (list instanceof Float64Array) return Float64Array.from(picked as number[]);
  return list instanceof Float32Array ? Float32Array.from(picked as number[]) : picked;
}

function listOf(data: List, take: Batch["take"], fields: Batch["fields"]): Batch {
  const size = lengthOf(data);
  if (!Array.isArray(data) || !isRecord(data[0]))
    return {
      size,
      take,
      fields,
      reordered: (_, order) => taken(data, order),
      scaled: (_, factor) => multiplied(data, factor),
    };
  const records = data as readonly Readonly<Record<string, unknown>>[];
  return {
    size,
    take,
    fields: columnsOf(data),
    reordered: (field, order) =>
      records.map((sample, i) => ({ ...sample, [field]: records[order[i]!]![field] })),
    scaled: (field, factor) =>
      records.map((sample) => ({ ...sample, [field]: multiplied(sample[field], factor) })),
  };
}

/** Samples given as records: one column for each of their names. */
function columnsOf(samples: readonly unknown[]): Batch["fields"] {
  const names = Object.keys(samples[0] as object);
  return Object.fromEntries(
    names.map((name) => [name, samples.map((sample) => (sample as Record<string, unknown>)[name])]),
  );
}

/** `[inputs, targets]`: a few lists of one length. */
const isTuple = (data: List): data is readonly List[] =>
  Array.isArray(data) &&
  data.length > 1 &&
  data.length <= 3 &&
  data.every((item) => isList(item) && lengthOf(item) === lengthOf(data[0] as List));

const tupleNames = ["x", "y", "weights"];

const tuple = (data: readonly List[]): Batch => ({
  size: lengthOf(data[0]!),
  take: (samples) => data.map((list) => taken(list, samples)),
  fields: Object.fromEntries(data.map((list, i) => [tupleNames[i]!, list])),
  reordered: (field, order) =>
    data.map((list, i) => (tupleNames[i] === field ? taken(list, order) : list)),
  scaled: (field, factor) =>
    data.map((list, i) => (tupleNames[i] === field ? multiplied(list, factor) : list)),
});

function recordOf(data: Readonly<Record<string, unknown>>, size: number): Batch {
  const belongs = (value: unknown): value is List => isList(value) && lengthOf(value) === size;
  const entries = Object.entries(data);
  return {
    size,
    take: (samples) =>
      Object.fromEntries(
        entries.map(([name, value]) => [name, belongs(value) ? taken(value, samples) : value]),
      ),
    fields: Object.fromEntries(entries.filter(([, value]) => belongs(value))),
    reordered: (field, order) => ({
      ...data,
      [field]: taken(data[field] as unknown as List, order),
    }),
    scaled: (field, factor) => ({ ...data, [field]: multiplied(data[field], factor) }),
  };
}

function multiplied(value: unknown, factor: number): unknown {
  if (typeof value === "number") return factor * value;
  if (isTensor(value)) return value.mul(factor);
  if (isFloatArray(value)) return value.map((entry) => factor * entry);
  return Array.isArray(value) ? value.map((item) => multiplied(item, factor)) : value;
}

function mostFrequent(values: readonly number[]): number | undefined {
  const count = (value: number) => values.filter((other) => other === value).length;
  return values.toSorted((a, b) => count(b) - count(a))[0];
}
