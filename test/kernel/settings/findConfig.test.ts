import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configName, findConfig } from "../../../kernel/settings/findConfig.ts";

/** A tree of folders with empty files; gives the path of a part of it. */
function tree(...files: string[]): (part: string) => string {
  const root = mkdtempSync(join(tmpdir(), "downhill-config-"));
  mkdirSync(join(root, "home/course/week"), { recursive: true });
  for (const file of files) writeFileSync(join(root, file), "{}");
  return (part) => join(root, part);
}

test("a config stands beside the notebook, or above it as far as home", () => {
  const at = tree(`home/${configName}`, `home/course/${configName}`);
  const found = (folder: string) => findConfig(at(folder), at("home"));
  expect(found("home/course/week")).toBe(at(`home/course/${configName}`));
  expect(found("home")).toBe(at(`home/${configName}`));
});

test("what stands above the package is another's", () => {
  const at = tree(`home/${configName}`, "home/course/package.json");
  expect(findConfig(at("home/course/week"), at("home"))).toBeUndefined();
});

test("the config of a package holds in all its folders", () => {
  const at = tree(`home/course/${configName}`, "home/course/package.json");
  expect(findConfig(at("home/course/week"), at("nobody"))).toBe(at(`home/course/${configName}`));
});

test("outside of a package and of home only the notebook's own folder counts", () => {
  const at = tree(`home/${configName}`, `home/course/week/${configName}`);
  expect(findConfig(at("home/course"), at("nobody"))).toBeUndefined();
  expect(findConfig(at("home/course/week"), at("nobody"))).toBe(
    at(`home/course/week/${configName}`),
  );
});
