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

describe.each(["torch", "keras", "optax", "formulas"])("the walks of %s", (source) => {
  const { optimizers } = JSON.parse(readFileSync(`test/fixtures/${source}.json`, "utf8")) as {
    optimizers: Walk[];
  };
  test.each(
    optimizers.map((golden) => [golden.optimizer, golden.options, golden.problem, golden] as const),
  )("%s %j on %s is ours", (name, options, problem, golden) => {
    const make = (downhill as unknown as Record<string, (options: object) => Optimizer>)[name]!;
    same(walk(make(options), problem, golden.points.length), golden.points);
  });
});

function same(ours: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): void {
  ours.flat().forEach((x, i) => {
    const other = theirs.flat()[i]!;
    expect(Math.abs(x - other) / Math.max(1e-3, Math.abs(other))).toBeLessThan(tolerance);
  });
}

/** A matrix [3, 2] and its biases, each on a bowl of its own. */
interface Layer {
  readonly steep: number[][];
  readonly goal: number[][];
  readonly biases: number[];
  readonly start: number[][];
  readonly startBiases: number[];
  readonly walks: readonly Omit<Walk, "problem">[];
}

describe.each(["torch", "keras", "optax"])("the walks of %s on a layer", (source) => {
  const { layers } = JSON.parse(readFileSync(`test/fixtures/${source}.json`, "utf8")) as {
    layers: Layer;
  };
  const { tensor } = downhill;
  const [steep, goal, biases] = [tensor(layers.steep), tensor(layers.goal), tensor(layers.biases)];
  const slopeAt = (point: readonly number[]) => [
    ...steep.matmul(tensor(point.slice(0, 6)).reshape([3, 2]).sub(goal)).data,
    ...tensor(point.slice(6)).sub(biases).mul(3).data,
  ];
  const parts = [
    { start: 0, shape: [3, 2] },
    { start: 6, shape: [2] },
  ];

  test.each(layers.walks.map((golden) => [golden.optimizer, golden.options, golden] as const))(
    "%s %j is ours, which knows what is one parameter",
    (name, options, golden) => {
      const make = (downhill as unknown as Record<string, (options: object) => Optimizer>)[name]!;
      const optimizer = make(options);
      let point = [...layers.start.flat(), ...layers.startBiases];
      let state = optimizer.start(8, parts);
      const ours = golden.points.map(() => {
        const next = optimizer.step(slopeAt(point), state, point);
        state = next.state;
        point = point.map((x, i) => x + next.move[i]!);
        return point;
      });
      same(ours, golden.points);
    },
  );
});
