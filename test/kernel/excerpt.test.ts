import { expect, test } from "vitest";
import { excerpt } from "../../kernel/excerpt.ts";

test("the mark stands under its column, also behind tabs and at the end of the line", () => {
  expect(excerpt("let a = b", 8)).toEqual({ text: "let a = b", mark: "        ^" });
  expect(excerpt("\t\tb + c", 2).mark).toBe("\t\t^");
  expect(excerpt("a", 1).mark).toBe(" ^");
  expect(excerpt("a", 4).mark).toBe("    ^");
  expect(excerpt("a", -1).mark).toBe("^");
});

test("of a long line the part around the column is shown", () => {
  const line = `${"a".repeat(100)}X${"b".repeat(100)}`;
  for (const column of [0, 30, 100, 180, 200]) {
    const { text, mark } = excerpt(line, column);
    expect(text.length).toBeLessThanOrEqual(62);
    expect(text[mark.length - 1]).toBe(line[column]);
  }
  const { text, mark } = excerpt(line, 100);
  expect([text.at(0), text.at(-1), text[mark.length - 1]]).toEqual(["…", "…", "X"]);
  expect(excerpt("c".repeat(80), 70)).toEqual({ text: "c".repeat(80), mark: `${" ".repeat(70)}^` });
  expect(excerpt(line, 0).text).toBe(`${line.slice(0, 60)}…`);
  expect(excerpt(line, 200).text).toBe(`…${line.slice(-60)}`);
});

test("an emoji that the cut would halve leaves no half", () => {
  const { text, mark } = excerpt("🎉".repeat(100), 101);
  // A regular expression with the flag u finds no half of a pair.
  expect(text).not.toMatch(/\p{Surrogate}/u);
  expect(text[mark.length - 2]).toBe("🎉"[0]);
});
