import { compiled, type Kernel } from "../kernels/compiled.ts";
import type { Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import { type Line, type Straight, straight } from "../wasm/straight.ts";
import { needed } from "./schedule.ts";

/** Longer lists would not stay in registers. Below four vectors a sum has only one order, too. */
const longest = { float64: 7, float32: 15 } as const;
const mostLines = 200;

/** A loop that runs in registers, and what it has to be given, in order. */
export interface StraightPlan {
  readonly run: Kernel;
  readonly given: readonly Storage[];
}

/**
 * A loop over short lists: `inputs` become `outputs` in each turn.
 * Undefined where lists are too long or work is not entry by entry.
 */
export function straightPlan(
  inputs: readonly Storage[],
  calls: readonly Call[],
  outputs: readonly Storage[],
): StraightPlan | undefined {
  const steps = needed(calls, outputs);
  const { dtype } = inputs[0]!;
  const fits = ({ size, dtype: kind }: Storage) => kind === dtype && size <= longest[dtype];
  const isShort = (call: Call) =>
    [call.output, ...call.inputs].every(fits) && (call.total === true || call.map?.rows.rows === 1);
  if (steps.length > mostLines || !steps.every(isShort) || !inputs.every(fits)) return undefined;
  const made = new Set(steps.map((call) => call.output));
  const used = steps.flatMap((call) => call.inputs).filter((input) => !made.has(input));
  const given = [...new Set([...inputs, ...used, ...outputs.filter((each) => !made.has(each))])];
  if (!given.every(fits)) return undefined;
  const values = new Map<Storage, number>(
    [...given, ...steps.map((call) => call.output)].map((storage, i) => [storage, i]),
  );
  const lines = steps.map(
    (call): Line => ({
      does: call.map
        ? { name: call.map.name, singles: call.map.rows.reaches.map((reach) => reach === "single") }
        : "total",
      operands: call.inputs.map((input) => values.get(input)!),
      size: call.output.size,
    }),
  );
  const feeds = outputs.map((output, to) => ({ to, from: values.get(output)! }));
  const program: Straight = { given: given.map(({ size }) => size), lines, feeds };
  return { run: compiled(straight("straight", dtype, program)), given };
}
