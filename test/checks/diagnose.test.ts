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

test("a gradient that fades on its way shows in the first steps, also if the last layer soon rests", () => {
  const course = (size: number) =>
    Array.from({ length: 60 }, (_, i) => size * 0.3 ** i + size / 1e6);
  const still = Array.from({ length: 60 }, () => 2e-5);
  const train = Array.from({ length: 60 }, (_, i) => 0.64 + 0.5 * 0.3 ** i);
  const faded = diagnose({ train, layers: { W1: still, W2: course(1e-3), W3: course(3) } });
  expect(faded.faults.map(({ name }) => name)).toContain("vanishing gradient");
  const layers = { W1: course(1), W2: course(1), W3: course(3) };
  expect(diagnose({ train, layers }).verdict).toBe("healthy");
});

test("a last layer that begins with zeros lets no gradient through in its first step, and is healthy", () => {
  const falling = Array.from({ length: 60 }, (_, i) => 0.8 ** i);
  const layers = { W1: falling.map((v, i) => (i ? v : 0)), W2: falling };
  expect(diagnose({ train: falling, layers }).verdict).toBe("healthy");
});

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
