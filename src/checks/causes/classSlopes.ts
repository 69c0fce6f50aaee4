import { flattened, shapeIfNumeric } from "../numbers.ts";
import type { ParameterGroup } from "../parameterLayout.ts";
import {
  type Evidence,
  type Finder,
  type Finding,
  type SiteReading,
  scopeOf,
  within,
} from "./Evidence.ts";
import { constant, dot, minus, type Numbers, near, norm, short } from "./vectors.ts";

/**
 * What flows back from the logits of a classifier: softmax and cross-entropy give p − y there, which
 * shows by itself in a sample's slopes (their sum is 0, only that of the right class is negative).
 * What stands in its place is looked up among what learners write.
 */
export const classSlopes: Finder = (evidence, scope) => {
  if (evidence.elementwise) return undefined;
  const groups = evidence.layout.groups.filter(({ offset }) => scope.indices.includes(offset));
  for (const group of groups) {
    const logits = evidence
      .sites()
      .filter(({ reading }) => norm(within(scopeOf(group), reading).numeric) > 0)
      .map((site) => logitsOf(site, group, evidence));
    const known = logits.filter((item) => item !== undefined);
    if (known.length < 3 || known.length < logits.length) continue;
    // A gradient that divides by the number of samples as a constant is that much too small on one.
    for (const times of [1, evidence.batch?.size ?? 1]) {
      const whole = known.map((sample) => ({
        ...sample,
        yours: Array.from(sample.yours, (value) => times * value),
      }));
      const finding = instead(whole, evidence.close) ?? byRole(whole, evidence.close);
      if (finding) return finding;
    }
  }
  return undefined;
};

/** The slopes by the logits of one sample, and the probabilities that belong to them. */
interface Logits {
  readonly yours: Numbers;
  readonly right: Numbers;
  readonly label: number;
}

function logitsOf(
  { reading, sample }: SiteReading,
  group: ParameterGroup,
  evidence: Evidence,
): Logits | undefined {
  const { yours, numeric } = within(scopeOf(group), reading);
  if (group.shape.length === 1) return labelled(yours, numeric);
  const row = group.shape.length === 2 && inputsOf(evidence, sample, group.shape);
  if (!row) return undefined;
  const [back, right] = [backFrom(yours, row), backFrom(numeric, row)];
  return back && right && labelled(back, right);
}

/** A sample whose right class is the only one that pulls down. */
function labelled(yours: Numbers, right: Numbers): Logits | undefined {
  const list = Array.from(right);
  const down = list.flatMap((value, k) => (value < -1e-12 ? [k] : []));
  const sum = list.reduce((total, value) => total + value, 0);
  if (list.length < 2 || down.length !== 1 || Math.abs(sum) > 1e-6 * norm(list)) return undefined;
  return { yours, right, label: down[0]! };
}

interface Input {
  readonly x: readonly number[];
  readonly along: "rows" | "columns";
}

/** The inputs of a sample that a weight matrix multiplies: as many as it has rows, or columns. */
function inputsOf(
  { batch }: Evidence,
  sample: number,
  shape: readonly number[],
): Input | undefined {
  for (const field of Object.values(batch?.fields ?? {})) {
    const [count = 0, width = 0, ...more] = shapeIfNumeric(field) ?? [];
    if (!width || more.length) continue;
    const x = flattened(field).slice(sample * width, (sample + 1) * width);
    if (count && width === shape[0]) return { x, along: "rows" };
    if (count && width === shape[1]) return { x, along: "columns" };
  }
  return undefined;
}

/** The s of x ⊗ s, if the matrix is such a product. */
function backFrom(matrix: Numbers, { x, along }: Input): number[] | undefined {
  const size = matrix.length / x.length;
  const at = (j: number, k: number) => matrix[along === "rows" ? j * size + k : k * x.length + j]!;
  const s = Array.from(
    { length: size },
    (_, k) =>
      dot(
        x,
        x.map((_, j) => at(j, k)),
      ) / dot(x, x),
  );
  const product = x.flatMap((value) => s.map((slope) => value * slope));
  const given = x.flatMap((_, j) => s.map((_, k) => at(j, k)));
  return near(product, given, 1e-4) ? s : undefined;
}

/** Everything a formula for the logits' slopes may hold, for one sample. */
interface Class {
  readonly u: Numbers;
  readonly p: Numbers;
  readonly y: Numbers;
  readonly s: Numbers;
}

type Fits = (c: Class, close: number) => boolean;

const each = (list: Numbers, of: (value: number, k: number) => number) => Array.from(list, of);
const is =
  (of: (c: Class, k: number) => number): Fits =>
  (c, close) =>
    near(
      c.u,
      each(c.u, (_, k) => of(c, k)),
      close,
    );
/** One number everywhere, as between logits and the logarithms of their probabilities. */
const even = (list: Numbers, close: number) =>
  each(list, (value) => Math.abs(value - list[0]!)).every(
    (gap) => gap <= close * Math.max(1, norm(list)),
  );
const logOf = (p: Numbers) => each(p, Math.log);
const added = ({ u, y }: Class) => each(u, (value, k) => value + y[k]!);

const written: readonly (readonly [what: string, fits: Fits, kind: Finding["kind"]])[] = [
  ["p, without the target y", is(({ p }, k) => p[k]!), "missing target"],
  ["−y, without the probabilities p", is(({ y }, k) => -y[k]!), "wrong factor"],
  ["y·(p − 1), the entry of the right class alone", is(({ y, s }, k) => y[k]! * s[k]!), "region"],
  [
    "p at the other classes and 0 at the right one",
    is(({ y, s }, k) => (1 - y[k]!) * s[k]!),
    "region",
  ],
  ["(p − y)·p·(1 − p)", is(({ p, s }, k) => s[k]! * p[k]! * (1 - p[k]!)), "extra factor"],
  ["(p − y)·p", is(({ p, s }, k) => s[k]! * p[k]!), "extra factor"],
  [
    "−y/p, the derivative by the probabilities",
    is(({ p, y }, k) => -y[k]! / p[k]!),
    "missing factor",
  ],
  ["|p − y|", is(({ s }, k) => Math.abs(s[k]!)), "absolute"],
  [
    "z − y, the logits without their softmax",
    (c, close) => even(minus(added(c), logOf(c.p)), close),
    "wrong factor",
  ],
  [
    "z, the logits without softmax and target",
    ({ u, p }, close) => even(minus(u, logOf(p)), close),
    "wrong factor",
  ],
  [
    "e^z − y, not divided by the sum,",
    (c, close) =>
      even(
        each(added(c), (v, k) => v / c.p[k]!),
        close,
      ),
    "wrong factor",
  ],
  [
    "σ(z) − y, the sigmoid of each logit for their softmax,",
    (c, close) =>
      even(
        each(added(c), (q, k) => Math.log(q / (1 - q)) - Math.log(c.p[k]!)),
        close,
      ),
    "wrong factor",
  ],
];

function instead(samples: readonly Logits[], close: number): Finding | undefined {
  const classes = samples.map(({ yours, right, label }): Class => {
    const y = each(right, (_, k) => Number(k === label));
    return { u: yours, s: right, y, p: each(right, (value, k) => value + y[k]!) };
  });
  if (classes.some(({ p }) => Array.from(p).some((value) => value <= 0 || value >= 1)))
    return undefined;
  const found = written.find(([, fits]) => classes.every((c) => fits(c, 100 * close)));
  if (found) return insteadOf(found[0], found[2]);
  return otherTarget(classes, close);
}

/** p less a 1 at another class than the right one. */
function otherTarget(classes: readonly Class[], close: number): Finding | undefined {
  const taken = classes.map(({ u, p }) => {
    const y = minus(p, u);
    const one = y.findIndex((value) => Math.abs(value - 1) < 1e3 * close);
    const rest = y.every((value, k) => k === one || Math.abs(value) < 1e3 * close);
    return rest ? one : undefined;
  });
  if (taken.some((one) => one === undefined)) return undefined;
  const most = classes.map(({ p }) => Array.from(p).indexOf(Math.max(...Array.from(p))));
  if (taken.every((one, i) => one === most[i]))
    return insteadOf("p less a 1 at the likeliest class, not at the right one,", "missing target");
  const shifts = taken.map((one, i) =>
    one! < 0 ? undefined : one! - Array.from(classes[i]!.y).indexOf(1),
  );
  const shift = shifts.find((value) => value !== undefined);
  const shifted = shift && shifts.every((value) => value === undefined || value === shift);
  return insteadOf(
    shifted
      ? `p less a 1 at the class ${Math.abs(shift)} ${shift < 0 ? "before" : "after"} the right one (counted from 1 and from 0?)`
      : "p less a 1 at a wrong class",
    "missing target",
  );
}

const insteadOf = (what: string, kind: Finding["kind"]): Finding => ({
  kind,
  says: `has ${what} on every sample where p − y belongs, in what flows back from the logits.`,
  hints: [
    "Compare the slopes by the bias of the classes for one sample: there is one for each class.",
    `What you have there is ${what.replace(/,$/, "")}.`,
    "With softmax and cross-entropy the derivative by the logits is p − y: all probabilities, less 1 at the right class.",
  ],
});

/** Right for all classes but the right one, or for that one alone. */
function byRole(samples: readonly Logits[], close: number): Finding | undefined {
  const wrong = samples.map(({ yours, right, label }) => {
    const off = minus(yours, right).map((value) => Math.abs(value) > 100 * close * norm(right));
    return { own: off[label]!, others: off.some((value, k) => value && k !== label) };
  });
  const own = wrong.some((w) => w.own);
  const others = wrong.some((w) => w.others);
  if (own === others) return undefined;
  const got = constant(
    samples.map(({ yours, right, label }) => (own ? yours[label]! - right[label]! : Number.NaN)),
    100 * close,
  );
  const where = own ? "in the entry of the right class" : "in the entries of the other classes";
  return {
    kind: got === undefined ? "region" : "missing target",
    says:
      got === undefined
        ? `is wrong only ${where} of each sample; the ${own ? "other classes are" : "right class is"} right.`
        : `is off by ${short(got)} in one entry of each sample: the ${got > 0 ? "−" : "+"}${short(Math.abs(got))} of the right class is missing (q − y, not q).`,
    hints: [
      "Compare the two gradients for one sample.",
      `They differ only ${where}.`,
      "Differentiate the loss by the score of the right class and by another score: the two formulas differ.",
    ],
  };
}
