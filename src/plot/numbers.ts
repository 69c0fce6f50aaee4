/** Numbers in a row: an array, a typed array, or a tensor. */
export type Numbers = ArrayLike<number> | { toArray(): unknown };

/** Rows of numbers: a table, or a tensor with two axes. */
export type Table = ArrayLike<Numbers> | { toArray(): unknown };

/** A number, or a tensor that holds one. */
export type Scalar = number | { item(): number };

/** The numbers of a row as an array of our own. */
export function row(name: string, values: Numbers): number[] {
  const source = unpacked(values);
  if (isArrayLike(source)) {
    const numbers = Array.from(source);
    if (numbers.every((value) => typeof value === "number")) return numbers;
  }
  throw new TypeError(
    `${name} must be a row of numbers, but it is ${kind(source)}.\nHint: an array like [0.9, 0.4, 0.1] or a tensor with one axis.`,
  );
}

/** The numbers of a table as rows of equal length. */
export function table(name: string, values: Table): number[][] {
  const source = unpacked(values);
  if (!isArrayLike(source) || source.length === 0)
    throw new RangeError(
      `${name} must be a table of numbers, but it is ${kind(source)}.\nHint: rows of equal length, like [[50, 3], [5, 41]].`,
    );
  const rows = Array.from(source, (each, index) => row(`row ${index} of ${name}`, each as Numbers));
  for (const { length } of rows)
    sameLength(`row 0 of ${name}`, rows[0]!.length, "a later row", length);
  return rows;
}

// The caller may have no types: anything can arrive here.
const unpacked = (values: Numbers | Table): unknown =>
  typeof values === "object" && values !== null && "toArray" in values ? values.toArray() : values;

/** The number that a function gave. */
export const scalar = (value: Scalar): number => (typeof value === "number" ? value : value.item());

/** Fails when two rows that belong together have different lengths. */
export function sameLength(one: string, length: number, other: string, otherLength: number): void {
  if (length === otherLength) return;
  throw new RangeError(
    `${one} and ${other} must have the same length, but they have ${length} and ${otherLength}.\nHint: each point needs both of its numbers.`,
  );
}

/** Fails when a range is not two finite numbers in ascending order. */
export function ascending(name: string, [from, to]: readonly [number, number]): void {
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return;
  throw new RangeError(
    `${name} must be two finite numbers, the smaller first, but it is [${from}, ${to}].\nHint: for example [-3, 3].`,
  );
}

/** `count` evenly spaced numbers, both ends included. */
export const evenly = (from: number, to: number, count: number): number[] =>
  Array.from(
    { length: count },
    (_, index) => from + ((to - from) * index) / Math.max(1, count - 1),
  );

/** Least and greatest of the finite numbers; nothing when there are none. */
export function extent(values: readonly number[]): readonly [number, number] | undefined {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : undefined;
}

/** The value below which the given share of the numbers lies, interpolated between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}

/** A number cut to so many significant digits. */
export const cut = (value: number, digits: number): number => Number(value.toPrecision(digits)) + 0;

/** A number as one reads it aloud: four digits, and what is not finite in words. */
export const say = (value: number): string => {
  if (Number.isFinite(value)) return String(cut(value, 4));
  return Number.isNaN(value) ? "not a number" : value > 0 ? "infinity" : "minus infinity";
};

/** From where to where the finite numbers reach, in words; nothing when there are none. */
export function reach(values: readonly (number | null)[]): string | undefined {
  const ends = extent(values.filter((value) => value !== null));
  if (!ends) return undefined;
  // An end that is tiny beside the whole is meant to be zero.
  const [from, to] = ends.map((end) => (Math.abs(end) < 1e-6 * (ends[1] - ends[0]) ? 0 : end));
  return from === to ? `all ${say(from!)}` : `${say(from!)} to ${say(to!)}`;
}

/** A count with its noun: "1 value", "1,000 values". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} ${count === 1 ? noun : plural}`;

/**
 * A value as plain JSON: typed arrays become arrays, what is not finite a gap, and fractions keep
 * six significant digits, which is finer than any screen and keeps notebooks small.
 */
export function plain<T>(value: T): T;
export function plain(value: unknown): unknown {
  if (typeof value === "number") return rounded(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => plain(each));
  if (isArrayLike(value)) return Array.from(value, (each) => plain(each));
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}

function rounded(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value + 0 : cut(value, 6);
}

const isArrayLike = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);

const kind = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (isArrayLike(value))
    return value.length === 0 ? "empty" : `an array with ${describe(value)} in it`;
  return `of type ${typeof value}`;
};

const describe = (values: ArrayLike<unknown>): string => {
  const stray = Array.from(values).find((value) => typeof value !== "number");
  return Array.isArray(stray) ? "arrays" : String(stray);
};
