import { expect, test } from "vitest";
import { readSettings } from "../../../kernel/settings/readSettings.ts";

test("an empty environment gives the defaults", () => {
  const defaults = {
    outputCap: 32_000_000,
    memory: undefined,
    types: "warn",
    stderr: "stderr",
    restricted: false,
    pictures: true,
    history: true,
    pictureTime: 20_000,
    complaints: [],
  };
  expect(readSettings({})).toEqual(defaults);
  expect(readSettings({ DOWNHILL_MEMORY: "" })).toEqual(defaults);
});

test("each setting has its variable", () => {
  const environment = {
    DOWNHILL_OUTPUT_CAP: "10",
    DOWNHILL_MEMORY: "64",
    DOWNHILL_TYPES: "strict",
    DOWNHILL_STDERR: "stdout",
    DOWNHILL_GRADING: "on",
    DOWNHILL_PRELOAD: "start.ts",
    DOWNHILL_PICTURES: "off",
    DOWNHILL_HISTORY: "off",
    DOWNHILL_PICTURE_TIME: "5",
  };
  const expected = {
    outputCap: 10,
    memory: 64,
    types: "strict",
    stderr: "stdout",
    restricted: true,
    preload: "start.ts",
    pictures: false,
    history: false,
    pictureTime: 5,
    complaints: [],
  };
  expect(readSettings(environment)).toEqual(expected);
});

test.each([
  ["DOWNHILL_MEMORY", "-1", "a whole number from 32 on"],
  ["DOWNHILL_MEMORY", "many", "a whole number from 32 on"],
  ["DOWNHILL_MEMORY", "Infinity", "a whole number from 32 on"],
  ["DOWNHILL_MEMORY", "8", "a whole number from 32 on"],
  ["DOWNHILL_MEMORY", "500.5", "a whole number from 32 on"],
  ["DOWNHILL_OUTPUT_CAP", "0", "a positive number"],
  ["DOWNHILL_PICTURE_TIME", "1e999", "a positive number"],
  ["DOWNHILL_TYPES", "maybe", '"warn" or "strict" or "off"'],
  ["DOWNHILL_STDERR", "file", '"stderr" or "stdout"'],
  ["DOWNHILL_PICTURES", "no", '"on" or "off"'],
  ["DOWNHILL_HISTORY", "false", '"on" or "off"'],
])("%s=%s is told by its name and counts as left out", (variable, text, expected) => {
  const { complaints, ...settings } = readSettings({ [variable]: text });
  expect({ ...settings, complaints: [] }).toEqual(readSettings({}));
  expect(complaints).toEqual([
    `${variable} must be ${expected}, but it is ${JSON.stringify(text)}.\nHint: until it is, it counts as left out.`,
  ]);
});

test("types are not checked while nbgrader runs a notebook, unless somebody wants it", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "autograde" }).types).toBe("off");
  const wanted = { NBGRADER_EXECUTION: "autograde", DOWNHILL_TYPES: "strict" };
  expect(readSettings(wanted).types).toBe("strict");
});

test("what cells write to stderr goes to stdout while nbgrader runs a notebook", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "validate" }).stderr).toBe("stdout");
  expect(readSettings({ NBGRADER_EXECUTION: "validate", DOWNHILL_STDERR: "stderr" }).stderr).toBe(
    "stderr",
  );
});

test("cells are restricted while nbgrader runs a notebook, unless somebody trusts them", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "autograde" }).restricted).toBe(true);
  const trusted = { NBGRADER_EXECUTION: "autograde", DOWNHILL_GRADING: "off" };
  expect(readSettings(trusted).restricted).toBe(false);
  const unclear = readSettings({ DOWNHILL_GRADING: "no" });
  expect(unclear.restricted).toBe(true);
  expect(unclear.complaints).toEqual([
    'DOWNHILL_GRADING must be "on" or "off", but it is "no".\nHint: until it is, it counts as on.',
  ]);
});

test("the environment goes before the config file, which goes before what is usual", () => {
  const config = { types: "strict", memory: 64, pictures: false, history: false } as const;
  const read = { config, complaints: ["one"] };
  const settings = readSettings({ DOWNHILL_TYPES: "off", DOWNHILL_PICTURES: "on" }, read);
  expect(settings).toMatchObject({ types: "off", memory: 64, pictures: true, history: false });
  expect(settings).toMatchObject({ outputCap: 32_000_000, complaints: ["one"] });
});
