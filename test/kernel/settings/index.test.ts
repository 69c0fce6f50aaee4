import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { settingsFor } from "../../../kernel/settings/index.ts";

const empty = mkdtempSync(join(tmpdir(), "downhill-settings-"));
const configured = mkdtempSync(join(tmpdir(), "downhill-settings-"));
const config = 'export default { types: "strict", memory: 999, stderr: "stderr", history: true };';
writeFileSync(join(configured, "downhill.config.ts"), config);

test("without a config file the settings are there at once", () => {
  expect(settingsFor(empty, {})).toMatchObject({ types: "warn", complaints: [] });
});

test("a config file is read", async () => {
  const settings = settingsFor(configured, {});
  expect(settings).toBeInstanceOf(Promise);
  expect(await settings).toMatchObject({ types: "strict", memory: 999 });
});

test.each([
  { NBGRADER_EXECUTION: "autograde" },
  { NBGRADER_EXECUTION: "validate" },
  { NBGRADER_EXECUTION: "autograde", DOWNHILL_GRADING: "off" },
  { DOWNHILL_GRADING: "on" },
])("the folder of an answer decides nothing while it is graded: %j", (environment) => {
  expect(settingsFor(configured, environment)).toEqual(settingsFor(empty, environment));
});
