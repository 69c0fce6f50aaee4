import { compileCell } from "./compileCell.ts";

/** Cells as learners write them: with types and without, with functions, loops, classes, texts and tables. */
const cells = [
  `interface Point { x: number; y: number }
const points: Point[] = [{ x: 1, y: 2 }, { x: 2, y: 3 }];
const total = (list: readonly Point[]): number => list.reduce((sum, { x, y }) => sum + x * y, 0);
class Line { slope = 2; at(x: number): number { return this.slope * x; } }
console.log(\`\${total(points)} and \${new Line().at(3)}\`);
points`,
  `const data = [[1, 2], [3, 4]];
let weight = 0, bias = 0;
function line(x) { return weight * x + bias; }
for (let step = 0; step < 100; step++) {
  let slope = 0;
  for (const [x, y] of data) slope += 2 * (line(x) - y) * x / data.length;
  weight -= 0.1 * slope;
  if (Math.abs(slope) < 1e-6) break;
}
const history = data.map(([x]) => line(x)), best = Math.min(...history);
({ weight, bias, best })`,
  `import { readFile } from "node:fs/promises";
const rate = 0.1;
const epochs = 50;
const names = ["slope", "offset"];
const seen = new Map<string, number>();
const text = await readFile("points.csv", "utf8").catch(() => "");
const rows = text.split("\\n").filter(Boolean);
let [slope, offset] = [0, 0];
let last: number | undefined;
for (let epoch = 0; epoch < epochs; epoch++) {
  let [a, b] = [0, 0];
  for (const row of rows) {
    const [x = 0, y = 0] = row.split(",").map(Number);
    const error = slope * x + offset - y;
    a += 2 * error * x / rows.length;
    b += 2 * error / rows.length;
  }
  slope -= rate * a;
  offset -= rate * b;
  if (epoch % 10 === 0) console.log(epoch, slope.toFixed(3), offset.toFixed(3));
}
for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
function predict(x: number) { return slope * x + offset; }
const squared = (x: number) => x ** 2;
const losses = rows.map((row) => squared(predict(Number(row))));
last = losses.at(-1);
const options = { rate, epochs, verbose: true };
last`,
  "weight + 1",
  "bias = 2;\nconsole.log(bias)",
];

/** Compiles a few cells for nothing, one in each turn of the event loop. */
export async function practiseCompiling(): Promise<void> {
  for (const cell of cells) {
    await compileCell(cell, new Map());
    await new Promise(setImmediate);
  }
}
