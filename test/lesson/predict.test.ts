import { expect, test } from "vitest";
import { predict } from "../../src/lesson/index.ts";
import { shownAs } from "./shownAs.ts";

const ask = (guess: "a" | "b" | "?") =>
  predict("Which is larger?", { a: "the mean", b: "the median" }, guess);

test("a prediction shows question, choices and how to answer", () => {
  expect(shownAs(ask("?"))["text/plain"]).toBe(
    "Which is larger?\n\n- a: the mean\n- b: the median\n\nYour guess: none yet. Write a letter in place of the question mark and run the cell again.",
  );
});

test("a prediction remembers the guess without giving the answer away", () => {
  expect(shownAs(ask("b"))["text/markdown"]).toMatch(/Your guess: \*\*b\*\*\. Keep it in mind/);
});

test.each([
  ["a", true, "You guessed a: the mean. The experiment agrees. Because."],
  ["b", false, "You guessed b: the median. The experiment says a: the mean. Because."],
  ["?", false, "You made no guess. The experiment says a: the mean. Because."],
] as const)("after the experiment the guess %s is answered", (guess, right, sentence) => {
  const reveal = ask(guess).reveal("a", "Because.");
  expect(reveal).toMatchObject({ guess, answer: "a", right });
  expect(shownAs(reveal)).toMatchObject({
    "text/plain": sentence,
    "application/vnd.downhill.progress+json": { kind: "prediction", guess, answer: "a" },
  });
});

test("a guess that is none of the letters is refused by name", () => {
  expect(() => ask("c" as never)).toThrow(
    new RangeError(
      'The guess must be one of a, b, but it is "c".\nHint: write the letter in quotes, for example "a", or "?" for no guess yet.',
    ),
  );
});
