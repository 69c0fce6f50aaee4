import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeRoomFor, Trouble, writeFile } from "../../../kernel/install/index.ts";

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-write-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a file is written with the folders above it, and nothing is left beside it", () => {
  const folder = join(place(), "new", "and", "newer");
  writeFile(join(folder, "a.txt"), "one");
  writeFile(join(folder, "a.txt"), "two");
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("two");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("what was there keeps its permissions, and a link still points to its file", () => {
  const folder = place();
  const [file, link] = [join(folder, "mine.txt"), join(folder, "link.txt")];
  writeFileSync(file, "before");
  chmodSync(file, 0o640);
  symlinkSync(file, link);
  writeFile(link, "after");
  expect(readFileSync(file, "utf8")).toBe("after");
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("what refuses to be written is named with the reason, and what was there stays", () => {
  const folder = place();
  writeFileSync(join(folder, "file"), "mine");
  const refused: [string, RegExp][] = [
    [join(folder, "file", "inside"), /inside cannot be written: a file stands where a folder/],
    [join(folder, "x".repeat(300)), /cannot be written: the name is too long/],
    [folder, /cannot be written: it is a folder/],
  ];
  for (const [file, sentence] of refused) {
    expect(() => writeFile(file, "ours")).toThrow(sentence);
    expect(() => writeFile(file, "ours")).toThrow(Trouble);
  }
  expect(readdirSync(folder)).toEqual(["file"]);
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
});

// Only Linux has a folder in which nobody, not even root, can make one, and which Node tries for ever.
test.runIf(existsSync("/proc/self"))("a folder that nobody can make is refused at once", () => {
  expect(() => writeFile("/proc/nowhere/a.txt", "")).toThrow(/no folder can be made there/);
  expect(() => makeRoomFor("/proc/nowhere/a.txt")).toThrow(/Hint: Name another place/);
});
