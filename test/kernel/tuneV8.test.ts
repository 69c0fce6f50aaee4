import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { flagsFor } from "../../kernel/tuneV8.ts";

const options = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });

test("this Node.js knows every flag that is set for it, so that it complains of none", () => {
  const flags = flagsFor(process.versions.node);
  expect(flags.length).toBeGreaterThan(1);
  for (const flag of flags) expect(options).toContain(`  ${flag.replace(/=.*/, "")} (`);
});

test("for a version that nobody has tried there are no flags", () => {
  expect(flagsFor("99.1.0")).toEqual([]);
});
