import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { metrics } from "../../src/index.ts";

interface Golden {
  readonly metric: keyof typeof metrics;
  readonly prediction: number[];
  readonly target: number[];
  readonly options: object;
  readonly value: number | Record<string, (number | string)[]>;
}

const goldens: Golden[] = JSON.parse(readFileSync("test/fixtures/sklearn.json", "utf8")).metrics;
const all = metrics as unknown as Record<string, (...given: unknown[]) => unknown>;

describe("the metrics of scikit-learn", () => {
  test.each(goldens.map((each) => [each.metric, each.options, each] as const))(
    "%s %j is ours",
    (metric, options, { prediction, target, value }) => {
      const ours = all[metric]!(prediction, target, options);
      if (typeof value === "number") return expect(ours).toBeCloseTo(value, 13);
      for (const [part, theirs] of Object.entries(value)) {
        const series = (ours as Record<string, number[]>)[part]!;
        expect(series.length).toBe(theirs.length);
        series.forEach((x, i) => {
          expect(x).toBeCloseTo(Number(theirs[i]), 13);
        });
      }
    },
  );
});
