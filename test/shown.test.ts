import { expect, test } from "vitest";
import { shownAs } from "../src/shown.ts";

test("a value says how it is shown by the name that notebooks ask for, and is otherwise the same", () => {
  const value = { a: 1 };
  const bundle = () => ({ "text/plain": "one" });
  expect(shownAs(value, bundle)).toBe(value);
  expect(Reflect.get(value, Symbol.for("Jupyter.display"))).toBe(bundle);
  expect(Object.keys(value)).toEqual(["a"]);
  expect({ ...value }).toEqual({ a: 1 });
});
