import { expect, test } from "vitest";
import { compileCell } from "../../../kernel/compile/index.ts";
import { loadNativeParser } from "../../../kernel/compile/nativeParser.ts";

const declare = "let w = 0, rate = 0.5, data = [1];";

/** Whether loops of a cell run as a twin that holds the session's numbers itself. */
const hasTwin = async (loop: string): Promise<boolean> => {
  await loadNativeParser();
  return /\bw\$held\b/.test((await compileCell(`${declare}\n${loop}`, new Map())).code);
};

test.each([
  "for (let i = 0; i < 9; i++) w = w - rate * (w - 3.25)",
  "while (w < 9) { w++; if (w === 5) continue; else w += rate }",
  "do { const half: number = (w / 2) as number; w = half! > 1 ? ~~half : (0, 3) } while (w && true)",
  "for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) w += i * j",
  "if (rate) { for (;;) { if (w++ > 3) break } }",
])("a loop of pure arithmetic has a fast twin: %s", async (loop) => {
  expect(await hasTwin(loop)).toBe(true);
});

test.each([
  "for (let i = 0; i < 9; i++) w += Math.sin(i)",
  "for (let i = 0; i < 9; i++) w += data[0]",
  "for (const x of data) w += x",
  "for (let i = 0; i < 9; i++) { let [a] = data; w += a }",
  "for (let i = 0; i < 9; i++) w += 'a'.length",
  "outer: for (let i = 0; i < 9; i++) { w += i; continue outer }",
  "for (let i = 0; 'a' in data; i++) w += i",
  "const once = 1; for (let i = 0; i < 9; i++) { w += i; once = 2 }",
])("one that does more has none: %s", async (loop) => {
  expect(await hasTwin(loop)).toBe(false);
});
