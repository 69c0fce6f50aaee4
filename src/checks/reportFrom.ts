import type { Cause } from "./Cause.ts";
import {
  type GradCheckGroup,
  type GradCheckReport,
  type GradCheckRow,
  shown,
} from "./GradCheckReport.ts";

type Group = Pick<GradCheckGroup, "name" | "shape">;

/** The report on compared rows: a verdict for each group and for all, and the sentence. */
export function reportFrom(
  groups: readonly Group[],
  rows: readonly GradCheckRow[],
  evaluations: number,
  explain: () => Cause | undefined = () => undefined,
): GradCheckReport {
  const verdicts = groups.map((group) => groupVerdict(group, rows));
  const verdict = worst(verdicts.map((group) => group.verdict));
  const cause = verdict === "wrong" ? explain() : undefined;
  const sentence = sentenceFor(verdict, verdicts, rows, cause);
  return shown({ verdict, sentence, ...(cause && { cause }), groups: verdicts, rows, evaluations });
}

function groupVerdict({ name, shape }: Group, all: readonly GradCheckRow[]): GradCheckGroup {
  const rows = all.filter(({ group }) => group === name);
  const wrong = rows.filter(({ verdict }) => verdict === "differs").length;
  const compared = rows.filter(({ verdict }) => verdict !== "corner");
  return {
    name,
    shape,
    verdict: worst(rows.map(({ verdict }) => meaning[verdict])),
    wrong,
    of: rows.length,
    relativeError: Math.max(0, ...compared.map((row) => row.relativeError)),
  };
}

const meaning = {
  agrees: "right",
  corner: "right",
  differs: "wrong",
  unclear: "undecided",
} as const;

type Verdict = GradCheckReport["verdict"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return (["wrong", "undecided"] as const).find((verdict) => verdicts.includes(verdict)) ?? "right";
}

function sentenceFor(
  verdict: Verdict,
  groups: readonly GradCheckGroup[],
  rows: readonly GradCheckRow[],
  cause?: Cause,
) {
  if (verdict === "right") return rightSentence(rows);
  if (verdict === "undecided") return undecidedSentence(rows);
  const row = rows
    .filter((row) => row.verdict === "differs")
    .toSorted((a, b) => b.relativeError - a.relativeError)[0]!;
  const largest = `At ${row.name} yours is ${short(row.yours)}, the measured slope is ${short(row.numeric)}.`;
  if (cause) return `${cause.sentence} ${largest}`;
  const bad = groups.filter((group) => group.verdict === "wrong");
  const where = bad.map(({ name, wrong, of }) => `${wrong} of ${of}${name && ` in ${name}`}`);
  return `The gradient is wrong in ${where.join(", ")}. ${largest}${direction(rows)}`;
}

/** How far the whole list points from the measured one, where no pattern says more. */
function direction(rows: readonly GradCheckRow[]): string {
  const product = (a: "yours" | "numeric", b: "yours" | "numeric") =>
    rows.reduce((sum, row) => sum + row[a] * row[b], 0);
  const [yours, numeric] = [product("yours", "yours"), product("numeric", "numeric")].map(
    Math.sqrt,
  );
  if (rows.length < 2 || !yours || !numeric) return "";
  const cosine = Math.max(-1, Math.min(1, product("yours", "numeric") / yours / numeric));
  const degrees = Math.round((Math.acos(cosine) * 180) / Math.PI);
  if (!degrees && Math.abs(yours / numeric - 1) < 0.05) return "";
  return ` As a whole it points ${degrees}° away from the measured gradient and is ${(yours / numeric).toPrecision(2)} times as long.`;
}

function undecidedSentence(rows: readonly GradCheckRow[]): string {
  const row = rows.find(({ obstacle }) => obstacle);
  if (!row)
    return "The differences are too noisy to tell: the function scatters more from call to call than its slope would show.";
  const what =
    row.obstacle === "jump"
      ? "the function jumps or becomes infinitely steep"
      : "the function has no finite value on one side or on both";
  return `At ${row.name} = ${short(row.parameter)} ${what}, so there is no slope to compare with. Check a little beside it.`;
}

function rightSentence(rows: readonly GradCheckRow[]): string {
  const corners = rows.filter((row) => row.verdict === "corner").length;
  const kinks = corners
    ? ` At ${corners} of them the function has a kink, and every value between the two slopes is right.`
    : "";
  const agree = rows.length === 1 ? "the slope agrees" : `all ${rows.length} slopes agree`;
  return `The gradient is right: ${agree} with the differences.${kinks}`;
}

/** A number in six digits. */
export const short = (value: number) => String(Number(value.toPrecision(6)));
