import { expect, test } from "vitest";
import { type Shown, show } from "../../../kernel/display/index.ts";

const html = (value: unknown) => String((show(value) as Shown).data["text/html"]);

test("a computed field of a row is not computed because its row is looked at", () => {
  let asked = 0;
  const row = {
    plain: 1,
    get computed() {
      asked += 1;
      throw new Error("not yet");
    },
  };
  expect(html([row])).toContain(">[Getter]</td>");
  expect(asked).toBe(0);
});

test("an error in a row is its message, without the folders of this machine", () => {
  const shown = html([{ error: new RangeError("too <far>") }]);
  expect(shown).toContain(">RangeError: too &lt;far&gt;</td>");
  expect(shown).not.toContain("at ");
});

test("a long value in a row is cut with a count, of whatever kind it is", () => {
  expect(html([{ text: "x".repeat(203) }])).toContain(`${"x".repeat(200)}… 3 more characters`);
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`field${i}`, i]));
  expect(html([{ wide: Object.assign(new Map(), wide) }])).toMatch(/… \d+ more characters/);
});

test("what is short stays in one line, and what is long may take several", () => {
  const shown = html([{ small: 1e-12, day: new Date(0), long: "word ".repeat(20) }]);
  expect(shown).toContain('<td style="white-space: nowrap">1970-01-01T00:00:00.000Z</td>');
  expect(shown).toContain('<td style="white-space: nowrap; text-align: right">1e-12</td>');
  expect(shown).toContain('<td style="min-width: 20em">word word');
});
