import { mul, random, sum, type TensorLike } from "../../engine/index.ts";
import type { AnyLoss } from "../../losses/index.ts";
import type { ConvexityReport } from "../ConvexityReport.ts";
import { layoutOf, type ParameterLayout, type ParameterTree } from "../parameterLayout.ts";
import { type AnyFunction, obstacleIn } from "../subject.ts";
import { between, type FlatChord } from "./chordBetween.ts";
import { type Composition, compositionOf } from "./composition.ts";
import { endsOfHessian } from "./endsOfHessian.ts";
import { chordByExchange } from "./hiddenUnits.ts";
import { chordByCurvature } from "./negativeCurvature.ts";
import { type Objective, objectiveOf } from "./Objective.ts";
import {
  openReport,
  type ParameterChord,
  type ParameterConvexityReport,
  provedReport,
  refutedReport,
} from "./ParameterConvexityReport.ts";
import { strideDown } from "./strideDown.ts";

/** A model and the loss of its predictions: what a training run minimises. */
export interface ModelAndLoss<P, X> {
  /** The predictions of the model for the inputs x, in operations on tensors. */
  readonly model: (parameters: P, x: X) => unknown;
  readonly loss: AnyLoss;
}

/** Where a function of parameters is judged. */
export interface ParameterOptions<P, B> {
  /** Parameters to look around at: the start of a training run, for example. */
  readonly at: P;
  /** The data, as the function's second argument. For a model and a loss: inputs x, targets y. */
  readonly batch?: B;
}

/** One question, with the caller's types behind it. */
interface Question {
  readonly f: AnyFunction;
  readonly layout: ParameterLayout;
  readonly batch: unknown;
  readonly parts?: ModelAndLoss<never, never>;
  readonly strictLoss: (loss: AnyLoss, targets: unknown) => boolean;
}

/**
 * Judges a function of parameters, or a model with its loss.
 *
 * @param strictLoss Whether a loss is strictly convex in its argument for all of these targets.
 */
export function parameterConvexity<P>(
  subject: AnyFunction | ModelAndLoss<never, never>,
  { at, batch }: ParameterOptions<P, unknown>,
  strictLoss: Question["strictLoss"],
): ParameterConvexityReport<P> {
  const parts = typeof subject === "function" ? undefined : subject;
  const f = typeof subject === "function" ? subject : totalOf(subject);
  // What is not a tree of numbers is refused by layoutOf.
  const layout = layoutOf(at as ParameterTree);
  const obstacle = obstacleIn(layout, f, batch);
  if (obstacle) return openReport(obstacle.sentence);
  const question = { f, layout, batch, strictLoss, ...(parts && { parts }) };
  const objective = objectiveOf(f, at, batch);
  return provedBy(question, objective) ?? refuted<P>(objective) ?? stillOpen;
}

const stillOpen = openReport(
  "Whether this function is convex in its parameters stays open: no rule proves it, and neither exchanged units nor negative curvature gave a chord that refutes it.",
);

/** The loss of the model's predictions as one function of parameters and data. */
const totalOf =
  ({ model, loss }: ModelAndLoss<never, never>): AnyFunction =>
  (parameters: never, { x, y }: { readonly x: never; readonly y: TensorLike }) =>
    loss(model(parameters, x) as TensorLike, y);

/** A proof by rules, of the whole function or of model and loss apart. */
function provedBy(
  question: Question,
  objective: Objective,
): ParameterConvexityReport<never> | undefined {
  const { f, layout, batch, parts } = question;
  const tensors = layout.tensors(layout.values);
  const whole = compositionOf((p) => f(p, batch as never), tensors);
  const apart = parts && convexApart(parts, tensors, batch);
  const proof = apart ?? (["affine", "convex"].includes(whole.curving) ? whole.rules : undefined);
  const concave = !proof && whole.curving === "concave";
  if (!proof && !concave) return undefined;
  const eigenvalues = spectrumOf(objective);
  const verdict = concave ? "concave" : strengthOf(question, whole, eigenvalues);
  return provedReport(verdict, {
    subject: parts ? `${parts.loss.name} of this model` : "This function",
    proof: proof ?? whole.rules,
    count: objective.start.length,
    quadratic: whole.degree <= 2,
    eigenvalues,
  });
}

/** A convex loss of predictions that are affine in the parameters. */
function convexApart(
  { model, loss }: ModelAndLoss<never, never>,
  tensors: unknown,
  batch: unknown,
): readonly string[] | undefined {
  if (!loss.convex) return undefined;
  const { x } = batch as { readonly x: never };
  const { curving } = compositionOf((p) => model(p, x), tensors);
  if (curving !== "affine" && curving !== "constant") return undefined;
  return [
    "The model uses its parameters in sums and in products with constants only: its predictions are affine in them.",
    `${loss.name} is convex in its ${loss.argument}, which is affine in the prediction.`,
    "A convex function of an affine one is convex, and so is a mean of such.",
  ];
}

/** Up to here the whole spectrum is computed, above only its ends are approached. */
const mostForAll = 80;

function spectrumOf(objective: Objective): readonly [number, number] | undefined {
  const { exact, start } = objective;
  if (!exact || !start.length) return undefined;
  const { smallest, largest } = endsOfHessian(objective, start, mostForAll);
  // Rounding leaves a least eigenvalue of 0 at some parts in 10¹⁶ of the largest.
  const flat = Math.abs(smallest) <= 1e-12 * Math.abs(largest);
  return [flat ? 0 : smallest, largest];
}

/** A quadratic has one Hessian everywhere; otherwise a strict loss must see every direction. */
function strengthOf(
  question: Question,
  { degree }: Composition,
  eigenvalues: readonly [number, number] | undefined,
): ConvexityReport["verdict"] {
  const { parts, batch, layout } = question;
  if (!eigenvalues || layout.values.length > mostForAll) return "convex";
  const [least, largest] = eigenvalues;
  if (degree <= 2) return least > 1e-9 * largest ? "strongly convex" : "convex";
  if (!parts?.loss.convex) return "convex";
  const { x, y } = batch as { readonly x: never; readonly y: unknown };
  const outputs = (p: never) => {
    const prediction = parts.model(p, x) as TensorLike;
    return sum(mul(prediction, prediction));
  };
  const seen = spectrumOf(objectiveOf(outputs, layout.tensors(layout.values), undefined));
  const everyDirection = seen && seen[0] > 1e-9 * seen[1];
  return everyDirection && question.strictLoss(parts.loss, y) ? "strictly convex" : "convex";
}

/** A chord that lies below: by exchanged units, by negative curvature, or by search. */
function refuted<P>(objective: Objective): ParameterConvexityReport<P> | undefined {
  const points = pointsToTry(objective);
  const exchange = chordByExchange(objective, points);
  if (exchange)
    return refutedReport(
      chordOf<P>(objective, exchange, "by exchanging hidden units"),
      `its ${exchange.units} hidden units can change places, which gives other parameters with the same loss`,
    );
  const bent = chordByCurvature(objective, points);
  if (!bent) return undefined;
  const along = bent.curvature !== undefined;
  return refutedReport(
    chordOf<P>(objective, bent, along ? "along negative curvature" : "by search"),
    along ? "in one direction it curves down" : "the counterexample gives two points",
  );
}

/** The start, two places further downhill, and some elsewhere. */
function pointsToTry(objective: Objective): readonly (readonly number[])[] {
  const { start } = objective;
  const { normal } = random(3);
  const elsewhere = [0.3, 1, 3, 1, 0.3, 3].map((size) => {
    const push = normal([start.length]).data;
    return start.map((value, i) => value + size * push[i]!);
  });
  return [start, strideDown(objective, 20), strideDown(objective, 200), ...elsewhere];
}

function chordOf<P>(
  { layout }: Objective,
  { x, y, value, chord }: FlatChord,
  found: ParameterChord<P>["found"],
): ParameterChord<P> {
  // The structure is the caller's own, since it is built from what was handed in.
  const point = (values: readonly number[]) => layout.rebuild(values) as P;
  return {
    x: point(x),
    y: point(y),
    middle: point(between(x, y, 0.5)),
    t: 0.5,
    value,
    chord,
    found,
  };
}
