import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, colors, ink } from "./look.ts";
import { counted, extent, type Numbers, row, sameLength, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

/** Two gradients of the same function, entry by entry. */
export interface GradientPair {
  /** The gradient under test. */
  readonly analytic: Numbers;
  /** The gradient by differences. */
  readonly numeric: Numbers;
  /** Names of the entries. Default 0, 1, 2, … */
  readonly names?: readonly string[];
}

/** What `gradCheck` found: its rows bring their own verdicts, and know a kink when they meet one. */
export interface CheckedGradient {
  readonly rows: readonly {
    readonly name: string;
    readonly yours: number;
    readonly numeric: number;
    readonly relativeError: number;
    readonly verdict: string;
  }[];
}

export interface GradientCheckOptions {
  /** Relative error up to which the two entries of a pair agree. Default 1e-5. */
  readonly tolerance?: number;
  readonly title?: string;
}

/**
 * Draws one gradient against another, or what `gradCheck` found: entries that agree lie on the diagonal, those that differ are crosses with a name.
 * A line through the origin with another slope is a forgotten factor.
 *
 * @throws RangeError when the two gradients differ in length.
 * @example
 * plot.gradientCheck({ analytic: [1, 2, 3], numeric: [1, 2, 4] }).layout.title.text // → "1 of 3 entries differ"
 */
export function gradientCheck(
  gradients: GradientPair | CheckedGradient,
  { tolerance = 1e-5, title }: GradientCheckOptions = {},
): Figure {
  const entries = "rows" in gradients ? readRows(gradients) : readPair(gradients, tolerance);
  const differing = entries.filter(({ differs }) => differs);
  const agreeing = entries.filter(({ differs }) => !differs);
  const verdict =
    differing.length === 0
      ? `All ${entries.length} entries agree`
      : `${differing.length} of ${entries.length} entries differ`;
  const worst = entries.reduce(
    (a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a),
    nothing,
  );
  return draw({
    traces: [
      diagonal(entries.flatMap(({ ours, theirs }) => [ours, theirs])),
      dots("agree", thinned(agreeing), { color: colors[0], size: 8, opacity: 0.75 }),
      ...(differing.length > 0
        ? [dots("differ", thinned(differing), { color: ink.alarm, symbol: "x", size: 11 })]
        : []),
    ],
    layout: {
      title: { text: title ?? verdict },
      height: 440,
      xaxis: axis("by differences", { constrain: "domain" }),
      yaxis: axis("under test", { scaleanchor: "x", constrain: "domain" }),
      showlegend: true,
    },
    alt: `Gradient check: ${verdict}.${entries.length > 0 ? ` Largest relative error ${say(worst.error)} at ${worst.name}: ${say(worst.ours)} under test, ${say(worst.theirs)} by differences.` : ""}`,
    notes:
      entries.length > mostDots
        ? [`${counted(entries.length, "pair")}, at most ${mostDots} of each kind drawn`]
        : [],
  });
}

interface Entry {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
  readonly error: number;
  readonly differs: boolean;
}

const readRows = ({ rows }: CheckedGradient): Entry[] =>
  rows.map(({ name, yours, numeric, relativeError, verdict }) => ({
    name,
    ours: yours,
    theirs: numeric,
    error: relativeError,
    differs: verdict === "differs",
  }));

function readPair({ analytic, numeric, names }: GradientPair, tolerance: number): Entry[] {
  const [ours, theirs] = [row("analytic", analytic), row("numeric", numeric)];
  sameLength("analytic", ours.length, "numeric", theirs.length);
  if (names) sameLength("names", names.length, "analytic", ours.length);
  return ours.map((each, k) => {
    const other = theirs[k]!;
    const error = relativeError(each, other);
    // An entry that is not a number agrees with nothing.
    const differs = !(error <= tolerance);
    return { name: names?.[k] ?? String(k), ours: each, theirs: other, error, differs };
  });
}

const nothing: Entry = { name: "no entry", ours: NaN, theirs: NaN, error: -1, differs: false };

// Two zeros agree; otherwise the difference beside the larger of the two.
const relativeError = (a: number, b: number): number =>
  a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));

const diagonal = (values: readonly number[]): Trace => {
  const [least, greatest] = extent(values) ?? [-1, 1];
  return {
    type: "scatter",
    mode: "lines",
    name: "equal",
    x: [least, greatest],
    y: [least, greatest],
    line: { color: "#888", dash: "dot", width: 1.5 },
    hoverinfo: "skip",
  };
};

const mostDots = 2000;

const thinned = (entries: readonly Entry[]): readonly Entry[] => {
  const stride = Math.ceil(entries.length / mostDots);
  return entries.filter((_, index) => index % stride === 0);
};

const dots = (name: string, entries: readonly Entry[], marker: object): Trace => ({
  type: "scatter",
  mode: "markers",
  name,
  x: entries.map(({ theirs }) => theirs),
  y: entries.map(({ ours }) => ours),
  text: entries.map((entry) => entry.name),
  marker: { ...marker },
  hovertemplate: "%{text}<br>under test %{y:.6g}<br>by differences %{x:.6g}<extra></extra>",
});
