import { describe, expect, test } from "vitest";
import { type GradedTest, graded, near } from "../../src/lesson/index.ts";
import { shownAs } from "./shownAs.ts";

const passes = () => true;
const fails = () => false;
const numbered = (tests: readonly GradedTest[]) => Object.fromEntries(tests.entries());

describe("a grade", () => {
  test.each([
    [3, [passes, passes, passes], 3],
    [3, [passes, fails, passes], 2],
    [1, [passes, fails, fails], 0.33],
    [0.1 + 0.2, [passes, passes, passes], 0.3],
    [4, [fails], 0],
  ])(
    "of %d points gives each test its share, never more than the maximum",
    (outOf, list, points) => {
      const grade = graded(outOf, numbered(list));
      expect(grade.points).toBe(points);
      expect(grade.points).toBeLessThanOrEqual(outOf);
      expect(String(grade.points)).toMatch(/^\d+(\.\d{1,2})?$/);
    },
  );

  test("counts the others when one test throws, whatever it throws", () => {
    const { points, rows } = graded(3, {
      error: () => {
        throw new Error("no x");
      },
      text: () => {
        throw "no y";
      },
      fine: passes,
    });
    expect(points).toBe(1);
    expect(rows.map(({ says }) => says)).toEqual(["throws: no x", "throws: no y", ""]);
  });

  test("counts the others when what is thrown cannot be asked", () => {
    const refuses = () => {
      throw new TypeError("no");
    };
    const hostile = new Proxy({}, { has: refuses, get: refuses });
    const thrown = () => {
      throw hostile;
    };
    const { points, rows } = graded(2, { thrown, fine: passes });
    expect(points).toBe(1);
    expect(rows[0]?.says).toBe("throws: something that cannot be shown");
  });

  test("cuts what is thrown or said at length", () => {
    const long = "x".repeat(1e5);
    const throws = () => {
      throw new Error(long);
    };
    for (const { says } of graded(2, { throws, says: () => long }).rows)
      expect(says.length).toBeLessThan(450);
  });

  test("does not tell an answer through the stack what is expected of it", () => {
    let stack = "";
    const answer = () => {
      stack = String(new Error("who calls?").stack);
      return 7;
    };
    graded(1, { "the answer is 42": () => near(answer(), 42) });
    expect(stack).toMatch(/graded/);
    expect(stack).not.toMatch(/42/);
  });

  test("counts only true, not what looks like it", () => {
    const list = [1, "true", {}, [], undefined].map((value) => () => value as never);
    expect(graded(5, numbered(list)).points).toBe(0);
  });

  test("says once, below the table, what a name that is not known needs", () => {
    const unknown = () => {
      throw new ReferenceError("slope is not defined");
    };
    const shown = shownAs(graded(2, numbered([unknown, unknown])))["text/markdown"] as string;
    expect(shown.match(/throws: slope is not defined/g)).toHaveLength(2);
    expect(shown.match(/`slope` is not known here: its cell must stand above/g)).toHaveLength(1);
  });

  test("shows every test with what happened, safe in a table", () => {
    const grade = graded(2, { "a | b": () => near(3, 2), fine: passes });
    expect(shownAs(grade)["text/markdown"]).toBe(
      "**1 of 2 points**\n\n| passed | test | what happened |\n|---|---|---|\n| ✗ | a \\| b | gives 3, not 2 |\n| ✓ | fine |  |\n",
    );
  });

  test("gives its points as plain text, which nbgrader reads", () => {
    expect(shownAs(graded(3, numbered([passes, fails])))["text/plain"]).toBe("1.5");
  });

  test("hands its tests what reads a value once, without the methods that the value brings", () => {
    let reads = 0;
    const lists = [["Ada"], ["Ben"]];
    const answer = new Proxy(["Eve"], {
      get: (list, name) => (name === "0" ? lists[reads++ % 2]![0] : Reflect.get(list, name)),
    });
    Object.assign(answer, { includes: () => true });
    const seen: unknown[] = [];
    const tests = (_near: typeof near, copy: <Value>(value: Value) => Value) => ({
      "Ada, and not Ben": () => {
        const names = copy(answer);
        seen.push(names.includes("Ada"), names.includes("Ben"), names.includes("Eve"));
        return names.includes("Ada") && names.includes("Ben");
      },
    });
    expect(graded(1, tests).points).toBe(0);
    expect(seen).toEqual([true, false, false]);
  });

  test("hands its tests a comparison that an answer cannot replace", () => {
    let compare: typeof near = near;
    const answer = () => {
      compare = () => true;
      return 7;
    };
    const tests = (near: typeof compare) => ({
      "first test": () => near(answer(), 1),
      "second test": () => near(answer(), 2),
    });
    expect(graded(2, tests).points).toBe(0);
    expect(compare(1, 2)).toBe(true);
    expect(() => Object.assign(graded(2, tests), { points: 2 })).toThrow(TypeError);
  });

  test.each([
    [0, { a: passes }],
    [Number.NaN, { a: passes }],
    [3, {}],
  ])("of %d points for %o is refused at the door", (outOf, tests) => {
    expect(() => graded(outOf, tests)).toThrow(/positive points and at least one test/);
  });

  test("is not moved by code that replaces what everybody uses", () => {
    const { abs, max } = Math;
    const { map } = Array.prototype;
    try {
      Math.abs = () => 0;
      Math.max = () => Number.POSITIVE_INFINITY;
      Array.prototype.map = () => [];
      expect(graded(4, { wrong: () => near(1, 2), list: () => near([1, 5], [1, 2]) }).points).toBe(
        0,
      );
    } finally {
      Object.assign(Math, { abs, max });
      Array.prototype.map = map;
    }
  });
});
