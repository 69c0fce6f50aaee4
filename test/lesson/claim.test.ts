import { describe, expect, test } from "vitest";
import { ClaimError, claim, oftenSaid } from "../../src/lesson/index.ts";
import { shownAs } from "./shownAs.ts";

describe("a claim", () => {
  test("that holds shows its sentence and its evidence", () => {
    const holds = claim("The mean is 22", () => true, { mean: 22, data: [1, 2, 3, 4, 100] });
    expect(shownAs(holds)).toEqual({
      "text/markdown": "✓ **Checked:** The mean is 22  \n`mean = 22, data = [1, 2, 3, 4, 100]`",
      "text/plain": "✓ Checked: The mean is 22  \n`mean = 22, data = [1, 2, 3, 4, 100]`",
    });
  });

  test("that does not hold stops the notebook and says what was measured", () => {
    const wrong = () => claim("The mean is 22", false, { mean: 21.123456789 });
    expect(wrong).toThrow(ClaimError);
    expect(wrong).toThrow(/“The mean is 22”.\nMeasured: mean = 21.1235.\nHint: /);
  });

  test.each([
    [undefined, /is nothing \(undefined\)/],
    [22, /is a number.*\nHint: compare something/],
    [Promise.resolve(true), /is a promise.*\nHint: put await/],
  ])("refuses %s for a condition", (condition, message) => {
    expect(() => claim("Something", condition as never)).toThrow(message);
  });
});

describe("an often-said box", () => {
  test("shows what is said, what is true and the values behind it", () => {
    const box = oftenSaid("It is big.", "It is 3.", 1 + 2 === 3, { it: 3 });
    expect(shownAs(box)["text/markdown"]).toBe(
      "> **Often said:** It is big.\n>\n> **What is true:** It is 3.\n>\n> `it = 3`",
    );
  });

  test("stops the notebook when its demonstration fails", () => {
    expect(() => oftenSaid("It is big.", "It is 3.", 1 + 2 === 4)).toThrow(ClaimError);
  });
});
