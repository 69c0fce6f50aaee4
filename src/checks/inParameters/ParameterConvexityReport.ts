import { type ConvexityReport, shown } from "../ConvexityReport.ts";
import { short } from "../reportFrom.ts";

/** Two points of the parameters whose chord runs below the function. */
export interface ParameterChord<P> {
  readonly x: P;
  readonly y: P;
  /** (x + y) / 2, exactly. */
  readonly middle: P;
  readonly t: 0.5;
  /** The function in the middle, and the chord there. */
  readonly value: number;
  readonly chord: number;
  readonly found: "by exchanging hidden units" | "along negative curvature" | "by search";
}

/** Whether a function is convex in its parameters, why, or why not. */
export interface ParameterConvexityReport<P> extends Omit<ConvexityReport, "counterexample"> {
  readonly counterexample?: ParameterChord<P>;
  /** The least and the largest eigenvalue of the Hessian at the given parameters. */
  readonly eigenvalues?: readonly [least: number, largest: number];
  /** Gradient descent is stable below this step, 2/λmax: of a quadratic everywhere, else near the parameters. */
  readonly stableBelow?: number;
}

/** The report of a proof: the verdict, its rules, and the spectrum of the Hessian. */
export function provedReport(
  verdict: ConvexityReport["verdict"],
  parts: {
    readonly subject: string;
    readonly proof: readonly string[];
    readonly count: number;
    readonly quadratic: boolean;
    readonly eigenvalues?: readonly [number, number] | undefined;
  },
): ParameterConvexityReport<never> {
  const { subject, proof, count, quadratic, eigenvalues } = parts;
  const [least, largest] = eigenvalues ?? [0, 0];
  const where = quadratic ? "" : " at the given parameters";
  const bounded = largest > 0 && verdict !== "concave";
  const spectrum = bounded
    ? ` The eigenvalues of its Hessian go from ${short(least)} to ${short(largest)}${where}; gradient descent is stable there below a step of 2/λmax = ${short(2 / largest)}.`
    : "";
  return shown({
    verdict,
    where: "everywhere",
    proof,
    sentence: `${subject} is ${verdict} in its ${count} parameter${count === 1 ? "" : "s"}, by the rules of composition.${spectrum}`,
    ...(eigenvalues && { eigenvalues }),
    ...(bounded && { stableBelow: 2 / largest }),
    ...(verdict === "strongly convex" && { modulus: least }),
  });
}

/** The report of a counterexample. */
export function refutedReport<P>(
  counterexample: ParameterChord<P>,
  how: string,
): ParameterConvexityReport<P> {
  const { value, chord } = counterexample;
  return shown({
    verdict: "not convex",
    where: "between the two points of the counterexample",
    counterexample,
    sentence: `This function is not convex in its parameters: ${how}; halfway between, it is ${short(value)}, above the chord, ${short(chord)}.`,
  });
}

/** The report where nothing was proved or refuted. */
export const openReport = (sentence: string): ParameterConvexityReport<never> =>
  shown({ verdict: "undecided", where: "nowhere for certain", sentence });
