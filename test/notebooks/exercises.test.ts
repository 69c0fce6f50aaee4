import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Exercise, Feedback } from "../../src/lesson/index.ts";

const files = readdirSync("notebooks/exercises").filter((name) => name.endsWith(".ts"));

type AnyExercise = Exercise<(...given: never[]) => unknown>;

/** Every exercise of every lesson; whoever adds one has it tested here. */
const modules = await Promise.all(
  files.map((name): Promise<Record<string, unknown>> => {
    const file = `../../notebooks/exercises/${name}`;
    return import(/* @vite-ignore */ file);
  }),
);
const exercises = modules
  .flatMap((module) => Object.values(module))
  .filter((value): value is AnyExercise => typeof value === "function");

describe.each(exercises.map((exercise) => [exercise.id, exercise] as const))(
  "%s",
  (_, exercise) => {
    test("is solved by its own solution", () => {
      expect(exercise(exercise.solution)).toMatchObject<Partial<Feedback>>({ verdict: "solved" });
    });

    test("is not started by its starter", () => {
      expect(exercise(exercise.starter).verdict).toBe("not started");
    });

    test("gives each foreseen mistake its own feedback, and no two the same", () => {
      const { mistakes } = exercise;
      expect(mistakes.map(({ attempt }) => exercise(attempt).says)).toEqual(
        mistakes.map(({ says }) => says),
      );
      expect(new Set(mistakes.map(({ says }) => says)).size).toBe(mistakes.length);
    });

    test("answers an empty cell, a wrong kind and an error without throwing", () => {
      for (const attempt of [undefined, () => undefined, () => "?", () => [[]], null]) {
        const { verdict, says } = exercise(attempt as never);
        expect(verdict).not.toBe("solved");
        expect(says).toMatch(/^[A-Z].*[.!?)]$/s);
      }
    });
  },
);

test("every lesson that checks exercises has them tested here", () => {
  expect(exercises.length).toBeGreaterThanOrEqual(2);
  expect(new Set(exercises.map(({ id }) => id)).size).toBe(exercises.length);
});
