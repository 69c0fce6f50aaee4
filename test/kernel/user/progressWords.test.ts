import { expect, test } from "vitest";
import { bar, words } from "../../../kernel/user/progressWords.ts";

const underway = { label: "", total: 4, done: 1, ended: false };

test("long times are told in minutes and hours", () => {
  expect(words({ ...underway, seconds: 12.34 })).toBe("25 % · 1 of 4 · 12.3 s, 37.0 s left");
  expect(words({ ...underway, seconds: 95 })).toBe("25 % · 1 of 4 · 1 min 35 s, 4 min 45 s left");
  expect(words({ ...underway, seconds: 3700 })).toBe("25 % · 1 of 4 · 1 h 1 min, 3 h 5 min left");
});

test("more items than were promised are counted, and the bar runs on until they end", () => {
  const more = { ...underway, done: 5, seconds: 1 };
  expect(words(more)).toBe("5 done · 1.0 s");
  expect(bar(more)).toMatch(/^<progress style/);
  expect(bar({ ...more, ended: true })).toMatch(/^<progress value="5" max="5" /);
});
