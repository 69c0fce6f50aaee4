import { knownOptions } from "../options.ts";
import { causeOf, gatherEvidence } from "./causes/index.ts";
import { comparedRows } from "./comparedRows.ts";
import { type GradCheckReport, type GradCheckRow, shown } from "./GradCheckReport.ts";
import { copyOf, flattened, isSingle, shapeIfNumeric, sizeOf } from "./numbers.ts";
import { layoutOf, type ParameterLayout, type ParameterTree } from "./parameterLayout.ts";
import { isCause, readGradient } from "./readGradient.ts";
import { reportFrom } from "./reportFrom.ts";
import { type AnyFunction, type Called, calledOn } from "./subject.ts";

/** Data for the functions under a check of derivatives. */
export interface DerivativeCheckOptions<B> {
  /** Given to the functions as their last argument. */
  readonly batch?: B;
  /** The relative error up to which two slopes agree; default 1e-5 (1e-4 for float32). */
  readonly tolerance?: number;
}

/**
 * Compares a Jacobian with measured slopes: how each output of f changes with each parameter.
 *
 * @param jacobian The Jacobian or a function that gives it: for each block of parameters numbers of
 * shape [...shape of the output, ...shape of the block].
 * @example
 * jacobianCheck((p) => [p[0] * p[1], p[0] ** 2], (p) => [[p[1], p[0]], [2 * p[0], 0]], [2, 3]).verdict   // → "right"
 * jacobianCheck((p) => [p[0] * p[1], p[0] ** 2], [[3, 4], [2, 0]], [2, 3]).cause.kind   // → "transposed"
 */
export function jacobianCheck<P, B = undefined>(
  f: (parameters: P, batch: B) => unknown,
  jacobian: ((parameters: P, batch: B) => unknown) | ParameterTree,
  parameters: P,
  options: DerivativeCheckOptions<B> = {},
): GradCheckReport {
  const layout = layoutOf(parameters as ParameterTree);
  const { batch, tolerance } = options;
  knownOptions("jacobianCheck", options, ["batch", "tolerance"]);
  const called = calledOn(layout, f as unknown as AnyFunction, batch);
  const output = outputShape(called(layout.values, batch));
  const matrix = matrixLayout(layout, output);
  const given =
    typeof jacobian === "function"
      ? calledOn(layout, jacobian as unknown as AnyFunction, batch)(layout.values, copyOf(batch))
      : jacobian;
  const yours = readGradient(matrix, given);
  if (isCause(yours))
    return shown({
      verdict: "wrong",
      sentence: yours.sentence,
      cause: yours,
      groups: [],
      rows: [],
      evaluations: 0,
    });
  return compared({ layout, matrix, called, batch, tolerance, count: sizeOf(output) }, yours);
}

function outputShape(output: unknown): readonly number[] {
  const shape = shapeIfNumeric(output);
  if (shape) return shape;
  throw new TypeError(
    "A Jacobian needs a function that gives numbers.\nHint: return an array or a tensor of the outputs.",
  );
}

/** Where each number of the Jacobian stands: block by block, in it output by output. */
function matrixLayout(layout: ParameterLayout, output: readonly number[]): ParameterLayout {
  const count = sizeOf(output);
  const groups = layout.groups.map((group) => ({
    ...group,
    shape: [...output, ...group.shape],
    offset: count * group.offset,
    size: count * group.size,
  }));
  return { ...layout, groups, values: new Float64Array(count * layout.values.length) };
}

interface Matrix {
  readonly layout: ParameterLayout;
  readonly matrix: ParameterLayout;
  readonly called: Called;
  readonly batch: unknown;
  readonly tolerance: number | undefined;
  readonly count: number;
}

function compared(
  { layout, matrix, called, batch, tolerance, count }: Matrix,
  yours: Float64Array,
) {
  let evaluations = 0;
  const outputs = (values: ArrayLike<number>) => {
    evaluations++;
    return flattened(called(values, batch));
  };
  const rows = Array.from({ length: count }, (_, k) => {
    const row = layout.groups.flatMap(({ offset, size }) =>
      Array.from(yours.subarray(count * offset + k * size, count * offset + (k + 1) * size)),
    );
    const f = (values: ArrayLike<number>) => outputs(values)[k]!;
    const compared = comparedRows(layout, f, Float64Array.from(row), tolerance);
    return compared.map((entry) => ({ ...entry, name: `∂f[${k}]/∂${entry.name}` }));
  }).flat();
  return reportFrom(matrix.groups, rows, evaluations, () =>
    explained(matrix, layout, rows, yours, count),
  );
}

/** Patterns in the matrix as a whole: a factor, a transposition, a part that was never set. */
function explained(
  matrix: ParameterLayout,
  layout: ParameterLayout,
  rows: readonly GradCheckRow[],
  yours: Float64Array,
  count: number,
) {
  const numeric = Array.from(yours);
  rows.forEach((row, i) => {
    const [k, at] = [Math.floor(i / layout.values.length), i % layout.values.length];
    const group = layout.groups.findLast(({ offset }) => offset <= at)!;
    if (row.verdict === "differs")
      numeric[count * group.offset + k * group.size + at - group.offset] = row.numeric;
  });
  const failure = {
    layout: { ...matrix, values: yours.map(() => 0) },
    f: () => 0,
    gradient: undefined,
    data: undefined,
    values: yours.map(() => 0),
    yours,
    numeric,
    single: isSingle(yours),
    facts: {},
  };
  return causeOf({ ...gatherEvidence(failure), elementwise: false, sites: () => [] });
}
