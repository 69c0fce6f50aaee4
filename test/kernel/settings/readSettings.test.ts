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

test.each(["-1", "many", "0"])("a limit of %j is refused by its name", (text) => {
  expect(() => readSettings({ DOWNHILL_MEMORY: text })).toThrow(/DOWNHILL_MEMORY .* positive/);
});

test("types are not checked while nbgrader runs a notebook, unless somebody wants it", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "autograde" }).types).toBe("off");
  const wanted = { NBGRADER_EXECUTION: "autograde", DOWNHILL_TYPES: "strict" };
  expect(readSettings(wanted).types).toBe("strict");
  expect(() => readSettings({ DOWNHILL_TYPES: "maybe" })).toThrow(/warn, strict or off/);
});

test("what cells write to stderr goes to stdout while nbgrader runs a notebook", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "validate" }).stderr).toBe("stdout");
  expect(readSettings({ NBGRADER_EXECUTION: "validate", DOWNHILL_STDERR: "stderr" }).stderr).toBe(
    "stderr",
  );
  expect(() => readSettings({ DOWNHILL_STDERR: "file" })).toThrow(/stdout or stderr/);
});

test("cells are restricted while nbgrader runs a notebook, unless somebody trusts them", () => {
  expect(readSettings({ NBGRADER_EXECUTION: "autograde" }).restricted).toBe(true);
  const trusted = { NBGRADER_EXECUTION: "autograde", DOWNHILL_GRADING: "off" };
  expect(readSettings(trusted).restricted).toBe(false);
  expect(() => readSettings({ DOWNHILL_GRADING: "yes" })).toThrow(/on or off/);
});

test("the environment goes before the config file, which goes before what is usual", () => {
  const config = { types: "strict", memory: 64, pictures: false, history: false } as const;
  const read = { config, complaints: ["one"] };
  const settings = readSettings({ DOWNHILL_TYPES: "off", DOWNHILL_PICTURES: "on" }, read);
  expect(settings).toMatchObject({ types: "off", memory: 64, pictures: true, history: false });
  expect(settings).toMatchObject({ outputCap: 32_000_000, complaints: ["one"] });
});
