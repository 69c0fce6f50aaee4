import { describe, expect, test } from "vitest";
import { gradientExercise } from "../../src/lesson/index.ts";

interface Ray {
  readonly w: number;
}

const sum = (xs: readonly number[], of: (x: number) => number) =>
  xs.reduce((total, x) => total + of(x), 0);

/** The gradient of the mean of (w·x − 1)². */
const ray = gradientExercise<Ray, readonly number[]>({
  lesson: "99",
  name: "ray",
  task: "Write the gradient.",
  loss: ({ w }, xs) => sum(xs, (x) => (w * x - 1) ** 2) / xs.length,
  cases: [
    [{ w: 0.5 }, [1, 2, 3, 5]],
    [{ w: 2 }, [-1, 3, 4]],
  ],
  starter: () => ({ w: 0 }),
  solution: ({ w }, xs) => ({ w: sum(xs, (x) => 2 * (w * x - 1) * x) / xs.length }),
  mistakes: [
    {
      attempt: ({ w }, xs) => ({ w: sum(xs, (x) => 2 * (w * x - 1)) / xs.length }),
      says: "The factor x is missing.",
    },
  ],
  hints: ["Outer.", "Inner.", "Product."],
});

describe("a gradient exercise", () => {
  test("is solved by any right gradient, however it is written", () => {
    const other = ({ w }: Ray, xs: readonly number[]) => ({
      w: (2 / xs.length) * (w * sum(xs, (x) => x * x) - sum(xs, (x) => x)),
    });
    expect(ray(ray.solution)).toMatchObject({ verdict: "solved", passed: 2, total: 2 });
    expect(ray(other).verdict).toBe("solved");
  });

  test("tells an empty cell from a wrong one", () => {
    expect(ray(ray.starter).verdict).toBe("not started");
  });

  test("is not fooled by the number of samples of the first batch", () => {
    const fixed = ({ w }: Ray, xs: readonly number[]) => ({
      w: sum(xs, (x) => 2 * (w * x - 1) * x) / 4,
    });
    expect(ray(fixed)).toMatchObject({ verdict: "not yet", passed: 1, total: 2 });
  });

  test("gives a foreseen mistake its own sentence", () => {
    expect(ray(ray.mistakes[0]!.attempt).says).toBe("The factor x is missing.");
  });

  test("a gradient wrong by 0.1 % is not solved", () => {
    const nearly = (...given: Parameters<typeof ray.solution>) => ({
      w: 1.001 * ray.solution(...given).w,
    });
    expect(ray(nearly).verdict).toBe("not yet");
  });

  test.each([
    ["a missing function", undefined, /needs your function ray, but it got nothing/],
    ["no return", () => undefined, /gives nothing back. Is the return missing/],
    ["a bare number", () => 3, /gives a number, but a record with w is expected/],
    ["another name", () => ({ v: 3 }), /nothing at w; a number belongs there/],
    ["a part that is not there", () => ({ w: [][9] }), /nothing at w; a number belongs there/],
    [
      "an array for a number",
      () => ({ w: [1, 2] }),
      /gives an array of 2 at w, but a number is expected/,
    ],
    ["NaN", () => ({ w: Number.NaN }), /gives NaN at w/],
    [
      "an error",
      () => {
        throw new Error("oops");
      },
      /throws an error: “oops”\./,
    ],
    [
      "a batch that was changed",
      (_: Ray, xs: number[]) => ({ w: xs.splice(0).length }),
      /changes its second argument/,
    ],
  ])("answers %s with a sentence that helps", (_, attempt, sentence) => {
    const feedback = ray(attempt as never);
    expect(feedback.verdict).toBe("not yet");
    expect(feedback.says).toMatch(sentence);
  });
});
