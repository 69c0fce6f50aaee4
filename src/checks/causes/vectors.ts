/** Lists of numbers, compared as wholes: what the finders of causes are written in. */
export type Numbers = ArrayLike<number>;

export function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const norm = (a: Numbers) => Math.sqrt(dot(a, a));

export const times = (factor: number, a: Numbers) => Array.from(a, (value) => factor * value);

export const minus = (a: Numbers, b: Numbers) => Array.from(a, (value, i) => value - b[i]!);

export const pick = (a: Numbers, indices: readonly number[]) => indices.map((i) => a[i]!);

/** Whether two lists differ by no more than `close` of their length; 0 is near 0. */
export function near(a: Numbers, b: Numbers, close: number): boolean {
  const size = Math.max(norm(a), norm(b));
  return a.length === b.length && norm(minus(a, b)) <= close * size;
}

/** The c of a ≈ c·b; `undefined` when there is none. */
export function factorBetween(a: Numbers, b: Numbers, close: number): number | undefined {
  const square = dot(b, b);
  if (square === 0) return undefined;
  const factor = dot(a, b) / square;
  return near(a, times(factor, b), close) ? factor : undefined;
}

/** Whether all numbers are one number, up to `close`. */
export function constant(values: Numbers, close: number): number | undefined {
  const first = values[0];
  if (first === undefined || !Array.from(values).every(Number.isFinite)) return undefined;
  return near(
    values,
    Array.from(values, () => first),
    close,
  )
    ? first
    : undefined;
}

/** A number in few digits, for a sentence. */
export const short = (value: number) => String(Number(value.toPrecision(4)));
