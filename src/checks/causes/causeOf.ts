import type { Cause } from "../Cause.ts";
import type { ParameterGroup } from "../parameterLayout.ts";
import { classSlopes } from "./classSlopes.ts";
import { constantPart } from "./constantPart.ts";
import {
  type Evidence,
  type Finder,
  type Finding,
  type Reading,
  type Scope,
  scopeOf,
  within,
} from "./Evidence.ts";
import { entryFactor } from "./entryFactor.ts";
import { constantFactor } from "./factor.ts";
import { halfOfMatrix } from "./halfOfMatrix.ts";
import { ignoredData, ignoredParameters } from "./ignored.ts";
import { insideFactor } from "./insideFactor.ts";
import { invariance } from "./invariance.ts";
import { misplaced, missingInput } from "./order.ts";
import { parameterFactor } from "./parameterFactor.ts";
import { penaltyAlone, regulariser } from "./regulariser.ts";
import { ownFactors, perSample, reduction } from "./samples.ts";
import { sampleWeights } from "./sampleWeights.ts";
import { someEntries } from "./someEntries.ts";
import { clipped, collapsed, neverSet, noise, notAGradient, signOrSize } from "./values.ts";
import { near, norm } from "./vectors.ts";

/**
 * Holds only if the gradient shows the same at other parameters, so that no chance is taken for a
 * cause: at all of those nearby, and at some far away, where a function may be on another piece.
 */
const everywhere =
  (finder: Finder): Finder =>
  (evidence, scope) => {
    const finding = finder(evidence, scope);
    if (!finding) return undefined;
    const holds = (reading: Reading) =>
      finder({ ...evidence, ...reading }, scope)?.says === finding.says;
    const far = evidence.farther().filter(shows(scope));
    const nearby = evidence.elsewhere().every(holds);
    return nearby && (!far.length || far.some(holds)) ? finding : undefined;
  };

/** Not 0 on both sides, which would fit everything. */
const shows = (scope: Scope) => (reading: Reading) => {
  const { yours, numeric } = within(scope, reading);
  return norm(yours) + norm(numeric) > 0;
};

/** From what is certain and short to what needs the data; the first that recognises its pattern answers. */
const finders: readonly Finder[] = [
  everywhere(neverSet),
  constantFactor,
  everywhere(missingInput),
  everywhere(misplaced),
  everywhere(signOrSize),
  sampleWeights,
  notAGradient,
  regulariser,
  clipped,
  everywhere(collapsed),
  classSlopes,
  penaltyAlone,
  ignoredData,
  everywhere(someEntries()),
  perSample,
  insideFactor,
  entryFactor,
  parameterFactor,
  constantPart,
  ignoredParameters,
  invariance,
  halfOfMatrix,
  ownFactors,
  someEntries((evidence, scope) => firstFinding(evidence, scope)),
  reduction,
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
  const named = found.filter((item): item is NamedGroup => item.finding !== undefined);
  const [first] = named;
  if (!first) return everywhere ? undefined : onlyGroups(wrong);
  return {
    kind: first.finding.kind,
    place: placeOf(wrong),
    sentence: groupSentence(named, wrong, everywhere),
    hints: first.finding.hints,
  };
}

interface NamedGroup {
  readonly group: ParameterGroup;
  readonly finding: Finding;
}

/** What is wrong with each group, those alike together, and which have no cause of their own. */
function groupSentence(
  named: readonly NamedGroup[],
  wrong: readonly ParameterGroup[],
  everywhere: boolean,
): string {
  const says = [...new Set(named.map(({ finding }) => finding.says))];
  const namesOf = (what: string) =>
    named.flatMap(({ group, finding }) => (finding.says === what ? [group.name] : [])).join(", ");
  const unnamed = wrong.filter((group) => !named.some((item) => item.group === group));
  if (says.length === 1 && !unnamed.length && !everywhere)
    return `Only the gradient for ${namesOf(says[0]!)} is wrong: it ${says[0]}`;
  const sentences = says.map((what) => `The gradient for ${namesOf(what)} ${what}`);
  if (unnamed.length) sentences.push(`The gradient for ${placeOf(unnamed)} is wrong as well.`);
  if (!everywhere) sentences.push("The others are right.");
  return sentences.join(" ");
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
