import { expect, test } from "vitest";
import { watch } from "../../../src/engine/compile.ts";
import { random, type Tensor, tensor, unwatched } from "../../../src/engine/index.ts";
import { Group } from "../../../src/engine/plan/Group.ts";
import { schedule } from "../../../src/engine/plan/schedule.ts";

/** How many calls each turn of the schedule of a function makes; totals count. */
function turnsOf(f: (...given: never[]) => readonly Tensor[], ...given: unknown[]): number[] {
  const { trace, raw } = watch(f as (...given: unknown[]) => unknown, given);
  const outputs = (raw as readonly Tensor[]).map(({ storage }) => storage);
  return schedule(trace.calls, outputs).map((turn) =>
    turn instanceof Group ? turn.calls.length + turn.totals.length : 1,
  );
}

const list = (size: number) => random(size).normal([size]);

test("moves of parameters that were written one after the other share a loop for each size", () => {
  const move = (a: Tensor, b: Tensor, c: Tensor) => [a, b, c].map((each) => each.mul(2).add(1));
  expect(turnsOf(move, list(5), list(3), list(5))).toEqual([4, 2]);
});

test("a formula goes on in the loop that makes what it needs, though a later one has its size", () => {
  const f = (x: Tensor, y: Tensor) => {
    const first = x.exp();
    // A mean has to be known before y can be centred: that is another loop.
    const second = y.sub(y.exp().mean());
    return [first.add(1), second];
  };
  expect(turnsOf(f, list(5), list(5))).toEqual([4, 1, 1]);
});

test("what cannot share a loop goes before loops that need nothing of it, and does not part them", () => {
  const f = (x: Tensor, y: Tensor) => {
    const doubled = x.mul(2);
    return [doubled, y.matmul(y), x.add(doubled)];
  };
  expect(turnsOf(f, list(5), random(1).normal([3, 3]))).toEqual([1, 2]);
});

test("a number beside float32 is converted once, however often it is met", () => {
  const f = (a: Tensor, b: Tensor, rate: Tensor) => [a.mul(rate), b.mul(rate)];
  const [a, b] = [5, 3].map((size) => tensor(list(size), { dtype: "float32" }));
  expect(turnsOf(f, a, b, 0.1)).toEqual([1, 1, 1]);
});

test("a number that a check converted is converted again for the repetitions", () => {
  const f = (a: Tensor, rate: Tensor) => {
    unwatched(() => {
      if (Number.isNaN(a.mul(rate).data[0])) throw new RangeError("not a number");
    });
    return [a.mul(rate)];
  };
  expect(turnsOf(f, tensor(list(5), { dtype: "float32" }), 0.1)).toEqual([1, 1]);
});
