import { accessSync, constants, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compiledFile } from "../compiledFile.ts";
import { root } from "../install/index.ts";
import { startKernel } from "./KernelProcess.ts";

/** What most sessions begin with; the last cell ends the learner's process, which then keeps what it compiled. */
const cells = [
  "1 + 1",
  `interface Point { x: number; y: number }
const points: Point[] = [{ x: 1, y: 2 }];
let sum = 0;
for (const { x, y } of points) sum += x * y;
class Line { slope = 2; at(x: number): number { return this.slope * x; } }
const later = async <Value>(value: Value): Promise<Value> => value;
console.log(await later(new Line().at(sum)));
points`,
  `import { join } from "node:path";\njoin("a", "b")`,
  // Not every parser reads this one; see the compiler.
  `import three from "data:application/json,3" with { type: "json" };
const twice = (x: number): number => 2 * x;
for (let i = 0; i < three; i++) if (i > 1) console.log(\`twice \${i} is \${twice(i)}\`);
({ three, list: [1, 2, 3].map(twice) })`,
  "process.exit()",
];

/**
 * Runs a kernel once and keeps what V8 compiled in it, so that it starts faster from then on. Where the
 * package cannot be written to, it is left as it is.
 */
export async function warmUp(): Promise<void> {
  const programs = join(root, "dist", "kernel");
  if (existsSync(compiledFile(join(programs, "host.program"))) || !isWritable(programs)) return;
  const folder = mkdtempSync(join(tmpdir(), "downhill-warm-"));
  const kernel = await startKernel(folder, { DOWNHILL_KEEP_COMPILED: "on" });
  for (const code of cells) await kernel.execute(code, 60, () => undefined);
  await kernel.close();
  rmSync(folder, { recursive: true, force: true });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
