import { expect, test } from "vitest";
import { murmur2 } from "../../../kernel/debugger/murmur2.ts";

// What the function of that name in @jupyterlab/debugger 4.6.4 gives for this seed.
test.each([
  ["", 3990065800],
  ["a", 2167009006],
  ["ab", 2805137849],
  ["abc", 3350977461],
  ["abcd", 804720481],
  ["let é = 1;\nconsole.log('ü😀');", 2860532135],
])("%j has the hash that JupyterLab gives it", (text, hash) => {
  expect(murmur2(text, 0xc70f6907)).toBe(hash);
});
