import { describe, expect, test } from "vitest";
import { exercise } from "../../src/lesson/index.ts";

/** The mean of a list, asked of learners who make every mistake there is. */
const mean = exercise<(values: number[]) => number>({
  lesson: "99",
  name: "mean",
  task: "Write the mean of a list.",
  starter: () => 0,
  solution: (values) => {
    let total = 0;
    for (const value of values) total += value;
    return total / values.length;
  },
  cases: [[[1, 2, 6]], [[4]], [[-1, 1]]],
  mistakes: [
    { attempt: (values) => values.reduce((a, b) => a + b, 0), says: "That is the sum." },
    { attempt: (values) => values.sort((a, b) => a - b)[values.length >> 1]!, says: "The median." },
  ],
  hints: ["Add up.", "Divide.", "By the length."],
});

describe("an exercise", () => {
  test("is solved by its own solution", () => {
    expect(mean(mean.solution)).toMatchObject({ verdict: "solved", passed: 3, total: 3 });
  });

  test("tells an empty cell from a wrong one", () => {
    expect(mean(mean.starter).verdict).toBe("not started");
  });

  test.each([
    ["a missing function", undefined, /needs your function mean, but it got nothing/],
    ["a number", 3, /it got a number.*without parentheses/],
    ["no return", () => undefined, /gives nothing back. Is the return missing/],
    ["a string", () => "3", /gives a string, but a number is expected/],
    ["an array", () => [3], /gives an array of 1, but a number is expected/],
    ["NaN", (values: number[]) => values[9]! / 2, /gives NaN.*index past the end/],
    ["Infinity", () => 1 / 0, /gives Infinity.*division by zero/],
    ["async", async () => 3, /gives a promise. Leave out async/],
    [
      "an error",
      (values: number[][]) => values[9]![0],
      /It throws an error: “Cannot read properties/,
    ],
    [
      "a thrown string",
      () => {
        throw "oops";
      },
      /It throws an error: “oops”\./,
    ],
    [
      "a changed argument",
      (values: number[]) => values.splice(0).reduce((a, b) => a + b, 0) / 3,
      /changes its first argument.*work on a copy/,
    ],
    ["the sum", (values: number[]) => values.reduce((a, b) => a + b, 0), /^That is the sum.$/],
    ["a constant", () => 3, /^mean\(\[4\]\) gives 3, but 4 is right.$/],
  ])("answers %s with a sentence that helps", (_, attempt, sentence) => {
    const feedback = mean(attempt as never);
    expect(feedback.verdict).toBe("not yet");
    expect(feedback.says).toMatch(sentence);
  });

  test("gives each foreseen mistake its own feedback", () => {
    for (const { attempt, says } of mean.mistakes) expect(mean(attempt).says).toBe(says);
  });

  test("never lets an attempt change the tests of the next one", () => {
    mean((values) => values.fill(0).length);
    expect(mean(mean.solution).verdict).toBe("solved");
  });

  test("counts how many tests agree", () => {
    expect(mean(() => 0 / 1 + 4)).toMatchObject({ passed: 1, total: 3 });
  });
});

describe("an exercise with more than one right answer", () => {
  const divisor = exercise<(n: number) => number>({
    lesson: "99",
    name: "divisor",
    task: "Find a divisor of n between 1 and n.",
    starter: () => 0,
    solution: (n) => [2, 3, 5].find((d) => n % d === 0)!,
    accepts: (value, n) =>
      (n % value === 0 && value > 1 && value < n) || `${value} does not divide.`,
    cases: [[12], [15]],
    mistakes: [],
    hints: ["Try.", "Try all.", "n % d === 0"],
  });

  test("accepts each of them", () => {
    expect(divisor((n) => [6, 5].find((d) => n % d === 0)!).verdict).toBe("solved");
  });

  test("says what is wrong with any other", () => {
    expect(divisor(() => 7).says).toBe("7 does not divide.");
  });
});

describe("feedback as a notebook shows it", () => {
  const shown = (attempt: (values: number[]) => number) =>
    mean(attempt)[Symbol.for("Jupyter.display") as never] as () => Record<string, string>;

  test("folds three hints into each other and the solution into the last", () => {
    const markdown = shown(() => 7)()["text/markdown"]!;
    expect([...markdown.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, title]) => title)).toEqual([
      "Hint 1 of 3",
      "Hint 2 of 3",
      "Hint 3 of 3",
      "Solution",
    ]);
    expect(markdown.endsWith("</details>\n\n".repeat(4).trim())).toBe(true);
    expect(markdown).toContain("const mean = (values) => {");
  });

  test("gives nothing away in plain text", () => {
    const plain = shown(() => 7)()["text/plain"]!;
    expect(plain).toMatch(/^✗ mean: not yet\. .*0 of 3 tests agree\.\s+\(folded: Hint 1 of 3\)$/s);
  });

  test("carries the progress as plain data", () => {
    const progress = shown(mean.solution)()["application/vnd.downhill.progress+json"];
    expect(progress).toEqual({ kind: "exercise", id: "99.mean", solved: true });
  });
});
