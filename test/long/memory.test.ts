import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { compile, grad, random, type Tensor, valueAndGrad } from "../../src/engine/index.ts";
import { memory } from "../../src/engine/memory/memory.ts";

const steps = 1_000_000;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes that the process holds: the collected heap, arrays outside of it, and the engine's memory. */
function held(): { readonly process: number; readonly engine: number } {
  collectGarbage();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { process: heapUsed + external + arrayBuffers, engine: memory.buffer.byteLength };
}

/** Nothing in this loop gives the program a moment to clean up after it: no await, no dispose. */
test("a million steps in one go take no more memory than a thousand", () => {
  const data = random(1).normal([64, 2]);
  const target = random(2).normal([64, 1]);
  const loss = valueAndGrad((p: { w: Tensor; b: Tensor }) =>
    data.matmul(p.w).add(p.b).sub(target).square().mean(),
  );
  const slope = compile(grad((x) => x.sub(3).square().mul(data).sum()));
  let [w, b] = [random(3).normal([2, 1]), 0];
  const run = (count: number) => {
    for (let step = 0; step < count; step++) {
      const { gradient } = loss({ w, b });
      // Results outlive the derivative, meet numbers outside of it, and are dropped.
      w = w.sub((gradient.w as Tensor).mul(1e-3));
      b -= 1e-3 * (gradient.b as number) + 0 * slope(b);
    }
  };
  run(1000);
  const before = held();
  run(steps);
  const after = held();
  const grown = (after.process - before.process) / 2 ** 20;
  console.log(`${steps} steps: ${grown.toFixed(2)} MiB more held, engine memory ${after.engine}`);
  expect(after.engine).toBe(before.engine);
  // What a garbage collector may leave lying about; a leak of 8 bytes a step would be 7.6 MiB.
  expect(grown).toBeLessThan(4);
});
