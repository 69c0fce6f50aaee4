import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Optimizer } from "../../src/index.ts";
import * as downhill from "../../src/index.ts";

interface Walk {
  readonly optimizer: string;
  readonly options: Record<string, unknown>;
  readonly problem: "quadratic" | "rosenbrock";
  readonly points: readonly (readonly number[])[];
}

const problems = {
  quadratic: { start: [3, -2], slope: ([x, y]: readonly number[]) => [10 * x!, y!] },
  rosenbrock: {
    start: [-1.2, 1],
    slope: ([x, y]: readonly number[]) => [
      -400 * x! * (y! - x! * x!) - 2 * (1 - x!),
      200 * (y! - x! * x!),
    ],
  },
};

/** The walk our optimizer makes where another's walk is known. */
function walk(optimizer: Optimizer, problem: Walk["problem"], steps: number): number[][] {
  const { start, slope } = problems[problem];
  let point: number[] = start;
  let state = optimizer.start(point.length);
  return Array.from({ length: steps }, () => {
    const asked = optimizer.lookAt?.(point, state) ?? point;
    const next = optimizer.step(slope(Array.from(asked)), state, point);
    state = next.state;
    point = point.map((x, i) => x + next.move[i]!);
    return point;
  });
}

/**
 * The other's rounding differs from ours by some 1e-16 a step; a valley as steep as Rosenbrock's
 * amplifies that, but not beyond this share.
 */
const tolerance = 1e-12;

describe.each(["torch", "optax", "formulas"])("the walks of %s", (source) => {
  const { optimizers } = JSON.parse(readFileSync(`test/fixtures/${source}.json`, "utf8")) as {
    optimizers: Walk[];
  };
  test.each(
    optimizers.map((golden) => [golden.optimizer, golden.options, golden.problem, golden] as const),
  )("%s %j on %s is ours", (name, options, problem, golden) => {
    const make = (downhill as unknown as Record<string, (options: object) => Optimizer>)[name]!;
    const ours = walk(make(options), problem, golden.points.length);
    ours.flat().forEach((x, i) => {
      const theirs = golden.points.flat()[i]!;
      expect(Math.abs(x - theirs) / Math.max(1e-3, Math.abs(theirs))).toBeLessThan(tolerance);
    });
  });
});
