/** Checks one option and names it in the error, so the reader can find it in their own code. */
export function positive(name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new RangeError(
    `${name} must be a positive number, but it is ${value}.\nHint: ${name} is usually small, for example 0.01; zero would change nothing.`,
  );
}
