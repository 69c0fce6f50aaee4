import { positive } from "../options.ts";

/** Checks a number of steps. */
export function wholeSteps(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(
    `${name} must be a whole number of steps above 0, but it is ${value}.\nHint: steps are counted in updates, not epochs, unless you ask once per epoch.`,
  );
}

/** Checks what a rate is multiplied with. */
export function shrinking(name: string, value: number): void {
  if (value > 0 && value <= 1) return;
  throw new RangeError(
    `${name} must lie between 0 and 1, but it is ${value}.\nHint: 0.5 halves the rate.`,
  );
}

/** Checks a rate that a schedule falls to. */
export function below(name: string, value: number, rate: number): void {
  positive("rate", rate);
  if (value >= 0 && value <= rate) return;
  throw new RangeError(
    `${name} must lie between 0 and rate (${rate}), but it is ${value}.\nHint: this schedule only falls; for a rise compose it with warmUp.`,
  );
}
