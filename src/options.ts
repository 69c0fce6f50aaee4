/** Checks one option and names it in the error, so the reader can find it in their own code. */
export function positive(name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new RangeError(
    `${name} must be a positive number, but it is ${value}.\nHint: ${name} is usually small, for example 0.01; zero would change nothing.`,
  );
}

/** Checks an option that may be zero but not below. */
export function notNegative(name: string, value: number): void {
  if (value >= 0 && value < Infinity) return;
  throw new RangeError(
    `${name} must be zero or a positive number, but it is ${value}.\nHint: 0 switches it off.`,
  );
}
