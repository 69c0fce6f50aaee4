import { flattened, shapeIfNumeric } from "../numbers.ts";
import type { Batch } from "./Batch.ts";
import { type Finder, type Finding, type Reading, type Scope, within } from "./Evidence.ts";
import { targetNames } from "./quantities.ts";
import { near } from "./vectors.ts";

/** The right gradient changes with the targets (or inputs, or weights) of the samples, and this one does not. */
export const ignoredData: Finder = (evidence, scope) => {
  const { batch, read, values, close } = evidence;
  if (!batch || batch.size < 2) return undefined;
  const field = Object.keys(batch.fields).find((name) => {
    if (!shapeIfNumeric(batch.fields[name])) return false;
    const others = targetNames.test(name) ? exchanged(batch, name) : scaled(batch, name);
    const after = others.flatMap((data) => read(values, data) ?? []);
    return blind(evidence, after, scope, close);
  });
  return field === undefined ? undefined : withoutData(field);
};

/** Every sample with the target of one of them: one that is largest, then one that is smallest. */
function exchanged(batch: Batch, field: string): readonly unknown[] {
  const all = flattened(batch.fields[field]);
  if (all.length !== batch.size) return [];
  const ends = [Math.max(...all), Math.min(...all)];
  return ends.map((end) => batch.reordered(field, Array(batch.size).fill(all.indexOf(end))));
}

/** The inputs a little larger and a little smaller; whole numbers may be indices and stay. */
function scaled(batch: Batch, field: string): readonly unknown[] {
  const whole = flattened(batch.fields[field]).every(Number.isInteger);
  return whole ? [] : [1.1, 0.8].map((factor) => batch.scaled(field, factor));
}

/** The right gradient changes with some of the parameters, and this one does not. */
export const ignoredParameters: Finder = (evidence, scope) => {
  const { layout, read, values, data, close } = evidence;
  const ignored = layout.groups.filter(({ offset, size }) => {
    const moves = [0.83, -0.67].flatMap((by) => {
      const moved = Float64Array.from(values);
      for (let i = offset; i < offset + size; i++)
        moved[i]! += by * (0.3 * Math.abs(moved[i]!) + 0.1 * (1 + (i % 3)));
      return read(moved, data) ?? [];
    });
    return blind(evidence, moves, scope, close);
  });
  return ignored.length
    ? withoutParameters(
        ignored.map(({ name }) => name),
        ignored.length === layout.groups.length,
      )
    : undefined;
};

/** Whether in every change the right slopes move and those under test stay. */
const blind = (before: Reading, after: readonly Reading[], scope: Scope, close: number) => {
  const [then, now] = [within(scope, before), after.map((reading) => within(scope, reading))];
  return (
    now.length > 1 &&
    now.every(({ yours }) => near(yours, then.yours, 1e-3 * close)) &&
    now.every(({ numeric }) => !near(numeric, then.numeric, 1e3 * close))
  );
};

function withoutData(field: string): Finding {
  const target = targetNames.test(field);
  return {
    kind: target ? "missing target" : "ignores",
    says: `does not depend on ${field}, as the right one does: ${target ? "the target is missing in it" : `${field} is missing in it`}.`,
    hints: [
      `Exchange two samples' ${field} and compute your gradient again: it stays the same.`,
      target
        ? "How far the prediction is from the target decides how hard a sample pulls."
        : `Every derivative by a weight holds the input that the weight multiplies; where does ${field} enter the function?`,
      target
        ? `Write the residual, prediction − ${field} (or q − ${field}), where you wrote the prediction.`
        : `Multiply by ${field} where the chain rule passes it.`,
    ],
  };
}

function withoutParameters(names: readonly string[], all: boolean): Finding {
  const what = all ? "the parameters" : names.join(", ");
  return {
    kind: "ignores",
    says: all
      ? "does not change with the parameters, as the right one does: it is computed elsewhere, or once and kept."
      : `does not depend on ${what}, as the right one does: ${what} is missing in it.`,
    hints: [
      `Change ${what} a little and compute your gradient again: it stays the same.`,
      `Where does ${what} enter the function, and so the slopes of the rest?`,
      all
        ? "Compute everything from the parameters that are handed in."
        : `Compute the prediction with ${what} in it, as the function does.`,
    ],
  };
}
