import type { Cause } from "./Cause.ts";
import { describe, flattened, isRecord, sameShape, shapeIfNumeric } from "./numbers.ts";
import { entryName, type ParameterGroup, type ParameterLayout } from "./parameterLayout.ts";

/** The numbers of a gradient in the order of the parameters, or what is wrong with its structure. */
export function readGradient(layout: ParameterLayout, returned: unknown): Float64Array | Cause {
  const gradient = withoutValue(layout, returned);
  const numbers = new Float64Array(layout.values.length);
  for (const group of layout.groups) {
    const part = partAt(gradient, group.name);
    const cause = part === undefined ? missing(group, gradient) : misfit(group, part);
    if (cause) return cause;
    numbers.set(flattened(part), group.offset);
  }
  return extra(layout, gradient) ?? numbers;
}

export const isCause = (read: Float64Array | Cause): read is Cause => "kind" in read;

/** `valueAndGrad` returns both; its gradient is meant. */
function withoutValue({ groups }: ParameterLayout, returned: unknown): unknown {
  const both = isRecord(returned) && "value" in returned && "gradient" in returned;
  return both && !groups.some(({ name }) => name.startsWith("gradient"))
    ? returned.gradient
    : returned;
}

/** The part of a gradient that a group's name points at. */
function partAt(gradient: unknown, name: string): unknown {
  const keys = name.match(/[^.[\]]+/g) ?? [];
  return keys.reduce<unknown>(
    // Whatever the learner returned may be indexed; a wrong structure gives undefined.
    (part, key) => (part === null || part === undefined ? undefined : (part as never)[key]),
    gradient,
  );
}

function misfit(group: ParameterGroup, part: unknown): Cause | undefined {
  const shape = shapeIfNumeric(part);
  if (!shape) return notNumbers(group, part);
  if (!sameShape(shape, group.shape)) return wrongShape(group, shape);
  const values = flattened(part);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  return bad < 0 ? undefined : notFinite(group, bad, values[bad]!);
}

const called = ({ name }: ParameterGroup) => name || "the parameters";
const show = (shape: readonly number[]) =>
  shape.length ? `shape [${shape.join(", ")}]` : "a single number";

function notNumbers(group: ParameterGroup, part: unknown): Cause {
  return {
    kind: "not numbers",
    place: called(group),
    sentence: `The gradient for ${called(group)} must be numbers (${show(group.shape)}), but it is ${describe(part)}.`,
    hints: [
      `Print what your function returns for ${called(group)}.`,
      "A gradient has one number for each parameter, in the same arrangement.",
      `Return ${show(group.shape)} for ${called(group)}.`,
    ],
  };
}

function wrongShape(group: ParameterGroup, shape: readonly number[]): Cause {
  const transposed = shape.length > 1 && sameShape(shape.toReversed(), group.shape);
  return {
    kind: transposed ? "transposed shape" : "shape",
    place: called(group),
    sentence: `The gradient for ${called(group)} must have ${show(group.shape)} like ${called(group)} itself, but it has ${show(shape)}${transposed ? ": it is transposed" : ""}.`,
    hints: [
      `Compare the shape of ${called(group)} with the shape of its gradient.`,
      "The gradient always has the shape of the parameter: one slope for each number.",
      transposed
        ? "Swap rows and columns: ∂L/∂W[i][j] belongs in row i, column j."
        : "Sum over the samples (and over whatever was broadcast) until only the parameter's own axes are left.",
    ],
  };
}

function notFinite(group: ParameterGroup, index: number, value: number): Cause {
  const place = group.size > 1 ? entryName(group, index) : called(group);
  return {
    kind: "not finite",
    place,
    sentence: `The gradient for ${place} is ${value}; it must be a finite number. Look for 0/0, log(0) or an overflow on the way to it.`,
    hints: [
      `Follow the computation of ${place} and print each intermediate value.`,
      "NaN comes from 0/0, ∞ − ∞ or an index that does not exist; Infinity from a division by 0 or an exp that overflows.",
      "Use the form that is exact at the awkward point: log1p, expm1, softplus, log-sum-exp.",
    ],
  };
}

function missing(group: ParameterGroup, gradient: unknown): Cause {
  const got =
    gradient === undefined
      ? "nothing was returned; is there a `return`?"
      : `what came back is ${describe(gradient)}.`;
  return {
    kind: "missing",
    place: called(group),
    sentence: `There is no gradient for ${called(group)}: ${got}`,
    hints: [
      "Compare the names in what you return with the names of the parameters.",
      `${called(group)} is a parameter, so its slope must be in the result.`,
      `Return an entry ${group.name || "for every parameter"} with ${show(group.shape)}.`,
    ],
  };
}

function extra({ groups }: ParameterLayout, gradient: unknown): Cause | undefined {
  if (!isRecord(gradient)) return undefined;
  const roots = new Set(groups.map(({ name }) => name.split(/[.[]/)[0]!));
  const stray = Object.keys(gradient).find((key) => !roots.has(key));
  if (stray === undefined) return undefined;
  return {
    kind: "extra",
    place: stray,
    sentence: `The gradient has an entry ${stray}, but there is no such parameter; the parameters are ${[...roots].join(", ")}.`,
    hints: [
      "Compare the names in what you return with the names of the parameters.",
      "Only parameters have a gradient here; the data and the targets stay fixed.",
      `Leave ${stray} out of the result.`,
    ],
  };
}
