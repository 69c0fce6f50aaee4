import { describe, expect, test } from "vitest";
import { gradCheck } from "../../src/checks/index.ts";
import { batchedSubjects } from "./corpus/batched.ts";
import { classifiers } from "./corpus/classification.ts";
import { networks } from "./corpus/networks.ts";
import { others } from "./corpus/other.ts";
import { regressions } from "./corpus/regression.ts";
import { rightOnes } from "./corpus/rightOnes.ts";
import type { Subject } from "./corpus/Subject.ts";

const subjects: readonly Subject[] = [
  ...regressions,
  ...classifiers,
  ...networks,
  ...others,
  ...batchedSubjects,
];

const check = ({ f, parameters, options }: Subject, gradient: Subject["right"]) =>
  gradCheck(f as never, gradient as never, parameters, options as never);

/** Patterns that only say where it is wrong. */
const vague = ["one group", "some entries", undefined];

const checked = subjects.map((subject) => ({
  name: subject.name,
  right: check(subject, subject.right),
  reports: subject.wrong.map(([what, gradient, ...causes]) => {
    const report = check(subject, gradient);
    return { what, causes, report, kind: report.cause?.kind };
  }),
}));

describe.each(checked)("$name", ({ right, reports }) => {
  test("has a right gradient that raises no alarm", () => {
    expect(right.verdict).toBe("right");
  });

  test("has wrong ones that are all flagged", () => {
    expect(reports.filter(({ report }) => report.verdict !== "wrong")).toEqual([]);
  });

  test("is never explained by a wrong cause", () => {
    const misled = reports
      .filter(({ kind, causes }) => !vague.includes(kind) && !causes.includes(kind!))
      .map(({ what, report }) => `${what}: ${report.cause?.sentence}`);
    expect(misled).toEqual([]);
  });
});

test("at least 95 % of the mistakes are named as well as their numbers allow", () => {
  const mistakes = checked.flatMap(({ name, reports }) =>
    reports.map(({ what, causes, kind }) => ({ name: `${name}, ${what}`, causes, kind })),
  );
  const unnamed = mistakes.filter(({ kind, causes }) => !kind || !causes.includes(kind));
  expect(mistakes.length).toBeGreaterThanOrEqual(350);
  if (unnamed.length > 0.05 * mistakes.length) expect(unnamed).toEqual([]);
});

test.each(rightOnes)("$name raises no alarm", ({ f, gradient, parameters, batch }) => {
  const options = batch === undefined ? {} : { batch };
  const report = gradCheck(f as never, gradient as never, parameters, options as never);
  expect(report.verdict).toBe("right");
});
