import type { ParameterGroup } from "../parameterLayout.ts";
import { type Evidence, type Finder, type Finding, type Scope, within } from "./Evidence.ts";
import { near, norm, pick } from "./vectors.ts";

/** The right numbers in the wrong places. */
export const misplaced: Finder = (evidence, scope) => {
  const { yours, numeric } = within(scope, evidence);
  if (numeric.length < 2) return swapped(evidence, scope);
  const sorted = [yours, numeric].map((list) => list.toSorted((a, b) => a - b));
  if (!near(sorted[0]!, sorted[1]!, evidence.close)) return swapped(evidence, scope);
  return transposed(evidence, scope) ?? shuffled(evidence, scope);
};

/** Rows and columns exchanged, also in a matrix that was flattened. */
function transposed(evidence: Evidence, { group, indices }: Scope): Finding | undefined {
  const count = indices.length;
  const shapes = group && group.shape.length === 2 ? [group.shape] : factorings(count);
  const { yours, numeric } = within({ indices }, evidence);
  const shape = shapes.find(([rows = 1, columns = 1]) => {
    const turned = indices.map((_, i) => (i % columns) * rows + Math.floor(i / columns));
    return near(yours, pick(numeric, turned), evidence.close);
  });
  if (!shape) return undefined;
  return {
    kind: "transposed",
    says: `is transposed: rows and columns of the ${shape.join(" × ")} matrix are exchanged.`,
    hints: [
      "Put your matrix beside the measured one.",
      "Entry [i][j] holds what belongs to [j][i].",
      "∂L/∂W[i][j] is (what comes in at i) × (what flows back from j): check which of the two runs along the rows.",
    ],
  };
}

/** Every way to write a count as rows × columns. */
const factorings = (count: number) =>
  Array.from({ length: count }, (_, i) => i + 1)
    .filter((rows) => rows > 1 && rows < count && count % rows === 0)
    .map((rows) => [rows, count / rows] as const);

function shuffled(evidence: Evidence, scope: Scope): Finding {
  const { yours, numeric } = within(scope, evidence);
  const count = numeric.length;
  const rotation = numeric.findIndex(
    (_, by) =>
      by > 0 &&
      near(
        yours,
        numeric.map((_, i) => numeric[(i + by) % count]!),
        evidence.close,
      ),
  );
  const reversed = near(yours, numeric.toReversed(), evidence.close);
  const how = reversed
    ? "they are in reverse order"
    : rotation > 0
      ? `each stands ${Math.min(rotation, count - rotation)} place${Math.min(rotation, count - rotation) > 1 ? "s" : ""} from where it belongs`
      : "their order is changed";
  return {
    kind: "permuted",
    says: `has the right numbers in the wrong places: ${how}.`,
    hints: [
      "Sort your gradient and the measured one: they are equal.",
      "An index is off, or a list was sorted, reversed or shuffled on the way.",
      "Write each slope to the index of its own parameter.",
    ],
  };
}

/** One group has the gradient of another: exchanged, or the factor between them is missing. */
function swapped(evidence: Evidence, { group, indices }: Scope): Finding | undefined {
  if (!group) return undefined;
  const yours = pick(evidence.yours, indices);
  const other = evidence.layout.groups.find(
    (other) =>
      other !== group &&
      other.size === group.size &&
      norm(yours) > 0 &&
      near(yours, slopesOf(evidence, other), evidence.close),
  );
  if (!other) return undefined;
  const itself = pick(evidence.yours, indicesOf(other));
  return near(itself, slopesOf(evidence, other), evidence.close)
    ? withoutInput(other.name)
    : {
        kind: "swapped",
        says: `is the gradient of ${other.name}.`,
        hints: [
          "Compare each part of your result with every part of the measured one.",
          `What belongs to ${other.name} stands in ${group.name}.`,
          "Check the names in the record that you return.",
        ],
      };
}

/** Every row or column of a weight matrix has the gradient of the bias: no input was multiplied in. */
export const missingInput: Finder = (evidence, { group, indices }) => {
  if (!group || group.size < 2) return undefined;
  const yours = pick(evidence.yours, indices);
  const bias = evidence.layout.groups.find((other) => {
    if (other === group || other.size >= group.size || group.size % other.size) return false;
    const slopes = slopesOf(evidence, other);
    const along = group.size / other.size;
    const inRows = indices.map((_, i) => slopes[Math.floor(i / along)]!);
    const inColumns = indices.map((_, i) => slopes[i % other.size]!);
    return near(yours, inRows, evidence.close) || near(yours, inColumns, evidence.close);
  });
  return bias && withoutInput(bias.name);
};

const indicesOf = ({ offset, size }: ParameterGroup) =>
  Array.from({ length: size }, (_, i) => offset + i);

const slopesOf = (evidence: Evidence, group: ParameterGroup) =>
  pick(evidence.numeric, indicesOf(group));

const withoutInput = (bias: string): Finding => ({
  kind: "missing factor",
  says: `is the gradient of ${bias}: the factor that distinguishes the two, the input x, is missing.`,
  hints: [
    `Compare it with the gradient of ${bias}: they are the same.`,
    "In w·x + b the derivative by b is 1, but by w it is x.",
    "Multiply each sample's share by that sample's input before you sum.",
  ],
});
