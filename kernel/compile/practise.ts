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
  "weight + 1",
];

/**
 * Compiles a few cells for nothing, so that the first ones of a session find a compiler that has run: V8 makes a
 * function fast only after some calls. It takes a few milliseconds, in steps between which everything else comes.
 */
export async function practise(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    for (const cell of cells) {
      await compileCell(cell, new Map());
      await new Promise(setImmediate);
    }
  }
}
