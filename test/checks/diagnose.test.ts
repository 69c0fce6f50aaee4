import { expect, test } from "vitest";
import { diagnose } from "../../src/checks/index.ts";
import { faulty, healthyRuns } from "./plantedRuns.ts";

test("there are at least 20 planted faults and 10 healthy runs", () => {
  expect(faulty.length).toBeGreaterThanOrEqual(20);
  expect(healthyRuns.length).toBeGreaterThanOrEqual(10);
});

test.each(faulty)(
  "$name is named",
  ({ run, faults }) => {
    const { verdict, faults: found, sentence } = diagnose(run());
    expect(verdict).toBe("faulty");
    const names = found.map(({ name }) => name);
    expect(names, sentence).toContain(faults[0]);
    expect(names.filter((name) => !faults.includes(name))).toEqual([]);
    for (const { evidence, remedy, lesson } of found) {
      expect(evidence).toMatch(/\d/);
      expect(remedy).toBeTruthy();
      expect(lesson?.title).toBeTruthy();
    }
  },
  60_000,
);

test.each(healthyRuns)(
  "$name is healthy",
  ({ run }) => {
    const { verdict, sentence } = diagnose(run());
    expect(verdict, sentence).toBe("healthy");
  },
  60_000,
);

test("a diagnosis is plain data that shows itself as a table", () => {
  const report = diagnose({ train: [1, 4, 16, 64] });
  expect(JSON.parse(JSON.stringify(report))).toEqual({ ...report });
  const show = (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!;
  expect(show()["text/markdown"]).toContain("✗ diverged");
  expect(show()["text/plain"]).toContain("(lesson 11)");
});

test("a run without losses cannot be read", () => {
  expect(() => diagnose({ train: [] })).toThrow("train is empty");
});
