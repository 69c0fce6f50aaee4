import type { Cause } from "../Cause.ts";
import type { ParameterGroup } from "../parameterLayout.ts";
import { type Evidence, type Finder, type Finding, type Scope, within } from "./Evidence.ts";
import { constantFactor } from "./factor.ts";
import { insideFactor } from "./insideFactor.ts";
import { misplaced, missingInput } from "./order.ts";
import { regulariser } from "./regulariser.ts";
import { missingTarget, perSample, someSamples } from "./samples.ts";
import { someEntries } from "./someEntries.ts";
import { clipped, collapsed, neverSet, noise, notAGradient, signOrSize } from "./values.ts";
import { near } from "./vectors.ts";

/** From what is certain and short to what needs the data; the first that recognises its pattern answers. */
const finders: readonly Finder[] = [
  neverSet,
  constantFactor,
  missingInput,
  misplaced,
  signOrSize,
  someSamples,
  notAGradient,
  regulariser,
  clipped,
  collapsed,
  perSample,
  missingTarget,
  insideFactor,
  someEntries,
  noise,
];

/** Why a gradient is wrong, with the place; `undefined` when no pattern fits. */
export function causeOf(evidence: Evidence): Cause | undefined {
  const { groups } = evidence.layout;
  const wrong = groups.filter((group) => !isRight(evidence, scopeOf(group)));
  const everywhere = wrong.length === groups.length;
  const whole = everywhere && firstFinding(evidence, wholeScope(evidence));
  if (whole) return { ...whole, place: placeOf(groups), sentence: `Your gradient ${whole.says}` };
  return groupCauses(evidence, groups.length > 1 ? wrong : [], everywhere);
}

const wholeScope = ({ layout: { values, groups } }: Evidence): Scope => ({
  indices: Array.from(values, (_, i) => i),
  ...(groups.length === 1 && { group: groups[0]! }),
});

const scopeOf = (group: ParameterGroup): Scope => ({
  group,
  indices: Array.from({ length: group.size }, (_, i) => group.offset + i),
});

function isRight(evidence: Evidence, scope: Scope): boolean {
  const { yours, numeric } = within(scope, evidence);
  return near(yours, numeric, evidence.close);
}

const firstFinding = (evidence: Evidence, scope: Scope) => {
  for (const finder of finders) {
    const finding = finder(evidence, scope);
    if (finding) return finding;
  }
  return undefined;
};

const placeOf = (groups: readonly ParameterGroup[]) =>
  groups.map(({ name }) => name || "the whole gradient").join(", ");

/** One cause for each wrong group; the first one leads. */
function groupCauses(
  evidence: Evidence,
  wrong: readonly ParameterGroup[],
  everywhere: boolean,
): Cause | undefined {
  const found = wrong.map((group) => ({ group, finding: firstFinding(evidence, scopeOf(group)) }));
  const named = found.filter(
    (item): item is { group: ParameterGroup; finding: Finding } => item.finding !== undefined,
  );
  const [first] = named;
  if (!first) return everywhere ? undefined : onlyGroups(wrong);
  const alike = named.filter(({ finding }) => finding.says === first.finding.says);
  const others = named.filter(({ finding }) => finding.says !== first.finding.says);
  const names = alike.map(({ group }) => group.name).join(", ");
  const start = everywhere
    ? `The gradient for ${names}`
    : `Only the gradient for ${names} is wrong: it`;
  const rest = others.map(
    ({ group, finding }) => ` The gradient for ${group.name} ${finding.says}`,
  );
  return {
    kind: first.finding.kind,
    place: placeOf(wrong),
    sentence: `${start} ${first.finding.says}${rest.join("")}`,
    hints: first.finding.hints,
  };
}

function onlyGroups(wrong: readonly ParameterGroup[]): Cause | undefined {
  if (!wrong.length) return undefined;
  const names = placeOf(wrong);
  return {
    kind: "one group",
    place: names,
    sentence: `Only the gradient for ${names} is wrong; the others are right.`,
    hints: [
      `Look at the lines that compute the gradient for ${names}.`,
      "What the others share with it is right, so the mistake is in its own last factor or its own sum.",
      `Write down how the function depends on ${names}, and differentiate that alone.`,
    ],
  };
}
