import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as downhill from "../../src/index.ts";
import { cosineDecay, reduceOnPlateau, type Schedule, warmUp } from "../../src/index.ts";

interface Golden {
  readonly schedules: { schedule: string; options: Record<string, never>; rates: number[] }[];
  readonly plateaus?: { options: object; losses: number[]; rates: number[] }[];
}
const golden = (source: string) =>
  JSON.parse(readFileSync(`test/fixtures/${source}.json`, "utf8")) as Golden;

const makers = downhill as unknown as Record<string, (options: object) => Schedule>;
const made = (name: string, options: Record<string, never>): Schedule =>
  name === "warmUp"
    ? warmUp(cosineDecay(options.after), { steps: options.steps! })
    : makers[name]!(options);

describe.each(["torch", "optax"])("the rates of %s", (source) => {
  test.each(
    golden(source).schedules.map((each) => [each.schedule, each.options, each.rates] as const),
  )("%s %j are ours for 60 steps", (name, options, rates) => {
    const schedule = made(name, options);
    // PyTorch multiplies its last rate on and on, where ours is computed afresh: some 1e-16 a step.
    rates.forEach((rate, step) => {
      expect(Math.abs(schedule(step) - rate)).toBeLessThan(1e-13 * 0.1);
    });
  });
});

test.each(golden("torch").plateaus!.map((each) => [each.options, each] as const))(
  "a plateau with %j cuts the rate when torch does",
  (options, { losses, rates }) => {
    const plateau = reduceOnPlateau({ rate: 0.1, ...options });
    let state = plateau.start();
    const ours = losses.map((loss) => {
      state = plateau.step(loss, JSON.parse(JSON.stringify(state)));
      return state.rate;
    });
    ours.forEach((rate, i) => {
      expect(rate).toBeCloseTo(rates[i]!, 14);
    });
  },
);
