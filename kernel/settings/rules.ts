import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config.ts";

/** What a setting can be when it is written out. */
export type Value = string | number | boolean | undefined;

/** What a setting may be. */
export interface Rule {
  readonly expected: string;
  /** Whether this will do, for a file in this folder. */
  readonly accepts: (value: Value, folder: string) => boolean;
  readonly hint: string;
  /** How a variable of the environment says it, where that is not how a file does. */
  readonly inWords?: { readonly expected: string; readonly meant: (text: string) => Value };
}

const oneOf = (...words: readonly string[]): Rule => ({
  expected: words.map((word) => JSON.stringify(word)).join(" or "),
  accepts: (value) => words.some((word) => word === value),
  hint: `write ${JSON.stringify(words[0])} for what happens without a setting.`,
});

const number = (expected: string, accepts: (value: number) => boolean, example: string): Rule => ({
  expected,
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && accepts(value),
  hint: `write a number without quotes, for example ${example}.`,
  inWords: { expected, meant: Number },
});

const positive = (example: string): Rule =>
  number("a positive number", (value) => value > 0, example);

/** Megabytes without which the process of the cells does not even start. */
const least = 32;

const megabytes = number(
  `a whole number from ${least} on`,
  (value) => Number.isInteger(value) && value >= least,
  "2_048",
);

const truth: Rule = {
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
  hint: "write true or false without quotes.",
  inWords: {
    expected: '"on" or "off"',
    meant: (text) => (text === "on" || text === "off" ? text === "on" : undefined),
  },
};

const path: Rule = {
  expected: "the path of a file beside the config",
  accepts: (value, folder) => typeof value === "string" && existsSync(resolve(folder, value)),
  hint: 'the path counts from the folder of the config, for example "./start.ts".',
};

export const rules: Readonly<Record<keyof Config, Rule>> = {
  types: oneOf("warn", "strict", "off"),
  outputCap: positive("1_000_000"),
  memory: megabytes,
  preload: path,
  pictures: truth,
  pictureTime: positive("20_000"),
  history: truth,
  stderr: oneOf("stderr", "stdout"),
};
