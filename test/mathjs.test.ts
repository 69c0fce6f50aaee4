import { expect, test } from "vitest";
import { mathjs } from "../src/mathjs.ts";

test("mathjs is there, whichever way the loader hands it over", async () => {
  const { parse, derivative } = await mathjs();
  expect(parse("r^2 / 2").toTex()).toBe("\\frac{{ r}^{2}}{2}");
  expect(derivative("r^2 / 2", "r").evaluate({ r: 3 })).toBe(3);
});
