import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../kernel/install/root.mjs";

/** Cells that never end, by what they do. */
export const endless: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, "test", "kernel", "endless.json"), "utf8"),
);

/** The same cells in the languages of the kernels. */
export const cells = {
  typescript: {
    trivial: (i: number) => `${i} + 1`,
    declaring: (i: number) =>
      `const rate${i} = 0.1;\nfunction step${i}(w: number) { return w - rate${i} * w; }\nstep${i}(3)`,
    thirtyLines: (i: number) =>
      `const points${i} = [[1, 3], [2, 5], [3, 7], [4, 9]];\nlet w${i} = 0, b${i} = 0;\nfunction predict${i}(x: number) { return w${i} * x + b${i}; }\nfor (let epoch = 0; epoch < 10; epoch++) {\n  let [gw, gb] = [0, 0];\n  for (const [x, y] of points${i}) {\n    const error = predict${i}(x) - y;\n    gw += 2 * error * x / 4;\n    gb += 2 * error / 4;\n  }\n  w${i} -= 0.01 * gw;\n  b${i} -= 0.01 * gb;\n}\n${filler(i, "const", ";")}w${i}`,
    declare: "let w = 0, lr = 1e-9;",
    loop: (n: number) => `for (let i = 0; i < ${n}; i++) w = w - lr * (w - 3.25);`,
    flood: (n: number) => `for (let i = 0; i < ${n}; i++) console.log("line " + i);`,
    endless: "for (;;) {}",
    completed: "Mat",
    inspected: "Math.sqrt",
  },
  python: {
    trivial: (i: number) => `${i} + 1`,
    declaring: (i: number) =>
      `rate${i} = 0.1\ndef step${i}(w): return w - rate${i} * w\nstep${i}(3)`,
    thirtyLines: (i: number) =>
      `points = [[1, 3], [2, 5], [3, 7], [4, 9]]\nw = 0\nb = 0\ndef predict(x): return w * x + b\nfor epoch in range(10):\n  gw, gb = 0, 0\n  for x, y in points:\n    error = predict(x) - y\n    gw += 2 * error * x / 4\n    gb += 2 * error / 4\n  w -= 0.01 * gw\n  b -= 0.01 * gb\n${filler(i, "", "")}w`,
    declare: "w = 0\nlr = 1e-9",
    loop: (n: number) => `for i in range(${n}):\n  w = w - lr * (w - 3.25)`,
    flood: (n: number) => `for i in range(${n}): print("line", i)`,
    endless: "while True: pass",
    completed: "pri",
    inspected: "len",
  },
};

function filler(i: number, word: string, end: string): string {
  const lines = Array.from({ length: 15 }, (_, k) => `${word} line${i}_${k} = ${k}${end}`.trim());
  return `${lines.join("\n")}\n`;
}
