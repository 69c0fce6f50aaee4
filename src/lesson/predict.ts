import { bundle, jupyterDisplay, oneLine, type Shown } from "./shown.ts";

/** A question with its choices and the learner's guess; `"?"` stands for no guess yet. */
export interface Prediction<Choice extends string> extends Shown {
  readonly question: string;
  readonly choices: Readonly<Record<Choice, string>>;
  readonly guess: Choice | "?";
  /** Compares the guess with what the experiment found. */
  reveal(answer: Choice, because: string): Reveal<Choice>;
}

/** A prediction after the experiment. */
export interface Reveal<Choice extends string> extends Shown {
  readonly guess: Choice | "?";
  readonly answer: Choice;
  readonly right: boolean;
}

/**
 * Asks before an experiment shows. A guess that turns out wrong is worth more than none: it is
 * what makes the answer stick, so nothing is scored.
 *
 * @param asking What is asked.
 * @param choices The possible answers by letter.
 * @param guess The learner's letter, or "?" before they have chosen.
 * @throws RangeError when the guess is none of the letters.
 * @example
 * const guess = predict("Is the mean of 1, 2, 300 above 100?", { a: "yes", b: "no" }, "b");
 * guess.reveal("a", "One large number is enough.").right   // → false
 */
export function predict<Choice extends string>(
  asking: string,
  choices: Readonly<Record<Choice, string>>,
  guess: NoInfer<Choice> | "?",
): Prediction<Choice> {
  const question = oneLine(asking);
  const letters = Object.keys(choices);
  if (guess !== "?" && !letters.includes(guess)) throw noSuchChoice(guess, letters);
  return {
    question,
    choices,
    guess,
    reveal: (answer, because) => reveal(question, choices, guess, answer, because),
    [jupyterDisplay]: () => bundle(asked(question, choices, guess)),
  };
}

function reveal<Choice extends string>(
  question: string,
  choices: Readonly<Record<Choice, string>>,
  guess: Choice | "?",
  answer: Choice,
  because: string,
): Reveal<Choice> {
  const right = guess === answer;
  const told = `**${answer}**: ${choices[answer]}.`;
  const opening =
    guess === "?"
      ? `You made no guess. The experiment says ${told}`
      : right
        ? `You guessed ${told} The experiment agrees.`
        : `You guessed **${guess}**: ${choices[guess]}. The experiment says ${told}`;
  return {
    guess,
    answer,
    right,
    [jupyterDisplay]: () =>
      bundle(`${opening} ${oneLine(because)}`, {
        kind: "prediction",
        id: question,
        guess,
        answer,
      }),
  };
}

function asked(question: string, choices: Readonly<Record<string, string>>, guess: string): string {
  const list = Object.entries(choices).map(([letter, text]) => `- **${letter}**: ${text}`);
  const state =
    guess === "?"
      ? "Your guess: none yet. Write a letter in place of the question mark and run the cell again."
      : `Your guess: **${guess}**. Keep it in mind; the experiment below decides.`;
  return [question, "", ...list, "", state].join("\n");
}

function noSuchChoice(guess: string, letters: readonly string[]): RangeError {
  return new RangeError(
    `The guess must be one of ${letters.join(", ")}, but it is "${guess}".\nHint: write the letter in quotes, for example "${letters[0]}", or "?" for no guess yet.`,
  );
}
