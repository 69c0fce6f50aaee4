import { full, type Tensor, tensor } from "../../engine/index.ts";
import { bad, type Item, type LessonNumber, passed, short, skipped } from "../Item.ts";
import { numberFrom } from "../subject.ts";
import { inTwo } from "./dataItems.ts";
import type { Flight } from "./Plan.ts";

type Loss = (prediction: Tensor, target: Tensor) => unknown;

/** Whether the loss takes these labels, and is meant for this kind of task. */
export function lossFitsTask(flight: Flight): Item {
  const name = "loss and task";
  const { plan, facts, kind, y, predicted, layout } = flight;
  const prediction = predicted(layout.values);
  try {
    (plan.loss as Loss)(prediction, y);
  } catch (error) {
    const [evidence, hint] = inTwo(error);
    return bad(name, "failed", {
      evidence,
      remedy: hint ?? "Call the loss by itself on a few predictions and targets.",
      lesson: "17",
    });
  }
  if (!facts) return skipped(name, "A loss without facts: what it is meant for is not known.");
  const other = betterLoss[kind.kind];
  if (ofAmounts.includes(facts.argument) && other)
    return bad(name, "look", {
      evidence: `The targets are ${inWords(kind)}, but ${facts.name} takes them for amounts${kind.kind === "classes" ? ": class 2 would be twice class 1" : ""}.`,
      remedy: `For classes use ${other}.`,
      lesson: "17",
    });
  return passed(name, `${facts.name} of ${inWords(kind)}.`);
}

const betterLoss: Readonly<Partial<Record<Flight["kind"]["kind"], string>>> = {
  bits: "bceWithLogits",
  signs: "logistic or hinge",
  classes: "sparseCategoricalCrossEntropy",
  rows: "categoricalCrossEntropy",
};

function inWords(kind: Flight["kind"]): string {
  if (kind.kind === "bits") return "labels 0 and 1";
  if (kind.kind === "signs") return "labels −1 and 1";
  if (kind.kind === "classes") return `numbers of ${kind.classes} classes`;
  return kind.kind === "rows" ? `shares of ${kind.classes} classes` : "numbers";
}

/** Losses that take targets for amounts. */
const ofAmounts = ["residual", "relative residual", "amount"];

/** Losses that squash raw scores themselves. */
const ofScores = ["logit", "logits", "margin", "log rate"];

/** Whether the model's outputs can be what the loss and the targets ask for. */
export function outputRange(flight: Flight): Item {
  const name = "range of outputs";
  const { facts, y, kind } = flight;
  if (!facts) return skipped(name, "A loss without facts.");
  const [least, most] = reachOf(flight);
  const inUnit = least >= 0 && most <= 1 && most > least;
  if (ofScores.includes(facts.argument) && inUnit)
    return bad(name, "failed", {
      evidence: `Whatever the parameters, the outputs stay between 0 and 1: they are probabilities already, and ${facts.name} squashes them once more.`,
      remedy: "Leave the sigmoid or softmax at the end of the model away.",
      lesson: facts.argument === "logits" ? "05" : "04",
    });
  if (ofAmounts.includes(facts.argument) && kind.kind === "numbers") {
    const values = Array.from(y.data);
    const out = values.filter((value) => value < least - 1e-9 || value > most + 1e-9).length;
    // A model that has not been moved far enough shows its range only in part.
    const bounded = most <= 1 || least >= 0;
    if (bounded && out > 0.02 * values.length)
      return bad(name, "failed", {
        evidence: `Whatever the parameters, the outputs stay between ${short(least)} and ${short(most)}, but ${out} of ${values.length} targets lie outside.`,
        remedy: "Leave the activation at the end of the model away, or scale the targets.",
        lesson: "17",
      });
  }
  return passed(name, `Outputs from ${short(least)} to ${short(most)} at parameters tried.`);
}

/** The outputs at many parameters, those at the start among them. */
function reachOf({ layout, predicted }: Flight): readonly [number, number] {
  const stretched = [1, -1, 10, -10, 100, -100].map((size) =>
    layout.values.map((value, i) => size * (value || Math.sin(i + 1))),
  );
  const wild = [3, 30].flatMap((size) =>
    [1, 2].map((k) => layout.values.map((_, i) => size * Math.sin((i + 1) * (k + 0.618) * 2.4))),
  );
  let [least, most] = [Infinity, -Infinity];
  for (const values of [layout.values, ...stretched, ...wild])
    for (const output of predicted(values).data) {
      least = Math.min(least, output);
      most = Math.max(most, output);
    }
  return [least, most];
}

interface Baseline {
  readonly prediction: Tensor;
  readonly words: string;
}

/** What a model that knows nothing would predict. */
function baselineOf({ facts, y, kind, predicted, layout }: Flight): Baseline | undefined {
  const { shape } = predicted(layout.values);
  const width = shape.at(-1) ?? 1;
  switch (facts?.argument) {
    case "logit":
    case "margin":
    case "logits":
      return { prediction: full(shape, 0), words: "a model that knows nothing and predicts 0" };
    case "probability":
      return { prediction: full(shape, 0.5), words: "a model that always says ½" };
    case "probabilities":
      return { prediction: full(shape, 1 / width), words: `a model that always says 1/${width}` };
    case "log-probabilities":
      return {
        prediction: full(shape, -Math.log(width)),
        words: `a model that always says 1/${width}`,
      };
    case "residual": {
      if (kind.kind === "rows") return undefined;
      const mean = y.data.reduce((sum, value) => sum + value / y.size, 0);
      return { prediction: full(shape, mean), words: "always predicting the mean of the targets" };
    }
    default:
      return undefined;
  }
}

/** The loss before the first step, beside that of a model that knows nothing. */
export function lossAtStart(flight: Flight): Item {
  const name = "loss at the start";
  const { plan, y, predicted, layout, facts } = flight;
  const loss = (prediction: Tensor) => numberFrom((plan.loss as Loss)(prediction, y));
  const start = loss(predicted(layout.values));
  const baseline = baselineOf(flight);
  if (!Number.isFinite(start))
    return bad(name, "failed", {
      evidence: `It is ${start}.`,
      remedy:
        "Begin with smaller parameters, scale the data, and give the loss logits in place of probabilities.",
      lesson: "04",
    });
  if (!baseline) return skipped(name, `It is ${short(start)}; what to expect is not known.`);
  const expected = loss(baseline.prediction);
  const seen = `It is ${short(start)}; ${baseline.words} has ${short(expected)}${inClosedForm(flight, expected)}.`;
  const most = facts?.argument === "residual" ? 12 : 2.5;
  const advice = (evidence: string, remedy: string, number: LessonNumber) =>
    bad(name, "look", { evidence, remedy, lesson: number });
  if (start > most * expected && start > 1e-9)
    return advice(
      seen,
      "Begin with smaller weights, or with the last bias at the mean of the targets; scale the data.",
      "17",
    );
  if (start < 0.2 * expected)
    return advice(
      `${seen} That is suspiciously low.`,
      "Are the parameters trained already, or is the target among the features?",
      "20",
    );
  return passed(name, seen);
}

function inClosedForm({ facts, predicted, layout }: Flight, expected: number): string {
  const classes = facts?.argument === "logits" ? predicted(layout.values).shape.at(-1)! : 2;
  return Math.abs(expected - Math.log(classes)) < 1e-9 ? ` = ln ${classes}` : "";
}

/** A prediction that counts as right, for each sample; `undefined` where nothing is classified. */
export function hits(
  { facts, kind }: Flight,
  prediction: Tensor,
  y: Tensor,
): boolean[] | undefined {
  const targets = Array.from(y.data);
  const outputs = tensor(prediction).data;
  if (kind.kind === "bits" || kind.kind === "signs") {
    if (outputs.length !== targets.length) return undefined;
    const middle = facts?.argument === "probability" ? 0.5 : 0;
    if (!["logit", "margin", "probability"].includes(facts?.argument ?? "")) return undefined;
    return targets.map((target, i) => target > 0 === outputs[i]! > middle);
  }
  if (kind.kind !== "classes") return undefined;
  const width = outputs.length / targets.length;
  return targets.map((target, i) => {
    const row = outputs.slice(i * width, (i + 1) * width);
    return row.indexOf(Math.max(...row)) === target;
  });
}
