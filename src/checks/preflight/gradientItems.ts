import { grad } from "../../engine/index.ts";
import { gradCheck } from "../gradCheck.ts";
import { bad, type Item, passed, short, skipped } from "../Item.ts";
import { endsOfHessian } from "../inParameters/index.ts";
import { largestSize } from "../numbers.ts";
import { obstacleIn } from "../subject.ts";
import { descended } from "./descended.ts";
import { hits } from "./lossItems.ts";
import type { Flight } from "./Plan.ts";

/** So many samples are enough for what costs much. */
const few = 5;
const enough = 200;

const firstRows = ({ x }: Flight, count: number) =>
  Array.from({ length: Math.min(count, x.shape[0]!) }, (_, i) => i);

/** Whether the loss is one number, the same at each call. */
export function deterministic(flight: Flight): Item {
  const name = "same loss twice";
  const { batch } = flight.on(firstRows(flight, few));
  const cause = obstacleIn(flight.layout, flight.total, batch);
  if (!cause) return passed(name, "The loss is one finite number, and the same at each call.");
  return bad(name, "failed", { evidence: cause.sentence, remedy: cause.hints[2], lesson: "20" });
}

/** The gradient beside differences, on a few samples. */
export function gradient(flight: Flight): Item {
  const name = "gradient";
  const { plan, layout, total } = flight;
  const { batch } = flight.on(firstRows(flight, few));
  const slope = plan.gradient ?? (grad(total as never) as never);
  const parameters = plan.gradient ? layout.rebuild(layout.values) : layout.tensors(layout.values);
  const many = layout.values.length > 60;
  const report = gradCheck(
    total as never,
    slope,
    parameters as never,
    {
      batch,
      ...(many && { directions: 6 }),
    } as never,
  );
  if (report.verdict === "right") return passed(name, report.sentence);
  return bad(name, report.verdict === "wrong" ? "failed" : "look", {
    evidence: report.sentence,
    remedy: report.cause?.hints[2] ?? "gradCheck(f, gradient, parameters) shows every entry.",
    lesson: "08",
  });
}

/** Whether each part of the parameters is moved by the loss, and units differ from one another. */
export function signal(flight: Flight): Item {
  const name = "every part learns";
  const { layout } = flight;
  const { objective } = flight.on(firstRows(flight, enough));
  // At the start alone a slope may be 0 by symmetry: as many labels on one side as on the other.
  const slopes = [0, 0.1, 2].map((push) =>
    objective.gradient(objective.start.map((value, i) => value + push * Math.sin(i + 1))),
  );
  const slope = objective.start.map((_, i) => largestSize(slopes.map((each) => each[i]!)));
  const parts = layout.groups.map(({ name: part, offset, size, shape }) => ({
    part: part || "the parameters",
    shape,
    values: objective.start.slice(offset, offset + size),
    slope: largestSize(slope.slice(offset, offset + size)),
  }));
  const still = parts.filter((part) => part.slope === 0).map(({ part }) => part);
  if (still.length === parts.length)
    return bad(name, "failed", {
      evidence: "The gradient is 0: nothing tells which way to go.",
      remedy:
        "A step function (accuracy, F1, rounding) has no slope; use a smooth stand-in. Zeros in every layer have none either.",
      lesson: "07",
    });
  const matrices = parts.filter(({ shape }) => shape.length > 1);
  const alike = matrices.find(({ values }) => new Set(values).size === 1 && values.length > 1);
  if (alike && matrices.length > 1)
    return bad(name, "failed", {
      evidence: `All ${alike.values.length} weights of ${alike.part} are ${short(alike.values[0]!)}: its units begin alike and stay alike.`,
      remedy: "Begin with random weights.",
      lesson: "18",
    });
  if (still.length)
    return bad(name, "look", {
      evidence: `The gradient of ${still.join(", ")} is 0 for all ${firstRows(flight, enough).length} samples.`,
      remedy: "Is it used at all? Or are the units before it dead: all their inputs below 0?",
      lesson: "18",
    });
  return passed(name, `No part of the gradient is 0.`);
}

/** A model that cannot even learn a handful of samples by heart has a bug. */
export function fivePoints(flight: Flight): Item {
  const { layout, facts } = flight;
  const outputs = flight.predicted(layout.values).size / flight.x.shape[0]!;
  const count = Math.max(1, Math.min(few, Math.floor(layout.values.length / outputs)));
  const name = `learns ${count === 1 ? "one sample" : `${count} samples`} by heart`;
  if (facts && ["rate", "log rate", "mean and variance", "embedding"].includes(facts.argument))
    return skipped(name, `The least value of ${facts.name} is not 0.`);
  const { objective, batch } = flight.on(differentRows(flight, count));
  const before = objective.value(objective.start);
  const end = descended(objective, { steps: 200, until: 0.01 * before });
  const after = objective.value(end);
  const right = hits(flight, predictedOn(flight, end, batch), batch.y);
  const seen = `Within 200 steps their loss went from ${short(before)} to ${short(after)}`;
  if (after <= 0.05 * before || right?.every(Boolean) || before < 1e-9)
    return passed(name, `${seen}.`);
  const wrong = right
    ? `, and ${right.filter((hit) => !hit).length} are still classified wrongly`
    : "";
  return bad(name, "failed", {
    evidence: `${seen}${wrong}.`,
    remedy:
      "Look for a bug before anything else: targets that do not belong to their samples, a layer that does not learn, a loss of other numbers.",
    lesson: "20",
  });
}

function predictedOn({ plan, layout }: Flight, values: readonly number[], { x }: { x: unknown }) {
  return plan.model(layout.tensors(values) as never, x as never) as ReturnType<Flight["predicted"]>;
}

/** Rows whose inputs differ, of all classes as far as they go. */
function differentRows({ x, y, kind }: Flight, count: number): readonly number[] {
  const width = x.size / x.shape[0]!;
  const input = (row: number) => x.data.slice(row * width, (row + 1) * width).join();
  const rows = Array.from({ length: x.shape[0]! }, (_, i) => i);
  const seen = new Set<string>();
  const different = rows.filter((row) => !seen.has(input(row)) && seen.add(input(row)));
  if (kind.kind !== "bits" && kind.kind !== "signs" && kind.kind !== "classes")
    return different.slice(0, count);
  const rank = new Map<number, number>();
  const turns = different.map((row) => {
    const label = y.data[row]!;
    rank.set(label, (rank.get(label) ?? 0) + 1);
    return { row, turn: rank.get(label)! };
  });
  return turns
    .toSorted((a, b) => a.turn - b.turn)
    .slice(0, count)
    .map(({ row }) => row);
}

/** Whether the learning rate is one at which the first steps go down. */
export function step(flight: Flight): Item {
  const name = "step";
  const { plan } = flight;
  const given = plan.optimizer?.settings.learningRate ?? plan.learningRate;
  const rate = typeof given === "function" ? Number(given(0)) : given;
  const kind = plan.optimizer?.name ?? "Gradient descent";
  const { objective } = flight.on(firstRows(flight, enough));
  if (!objective.exact && objective.start.length > 60)
    return skipped(name, "The curvature of a function of plain numbers costs too much.");
  const { largest } = endsOfHessian(objective, objective.start, 20);
  const bound = (2 / largest) * momentumFactor(kind, plan.optimizer?.settings ?? {});
  const curved = largest > 0;
  const words = `λmax of the Hessian is ${short(largest)} here`;
  if (typeof rate !== "number")
    return skipped(
      name,
      `No rate was given; ${words}${curved ? `: gradient descent is stable below ${short(2 / largest)}` : ""}.`,
    );
  if (!scalesWithSlope(kind)) return adaptive(name, kind, rate);
  if (!curved) return skipped(name, `${words}: it sets no bound.`);
  const seen = `${words}, so ${kind} is stable below ${short(bound)}; the rate is ${short(rate)}`;
  if (rate >= bound)
    return bad(name, "failed", {
      evidence: `${seen}.`,
      remedy: `Take a rate below ${short(bound)}, for example ${short(bound / 4)}.`,
      lesson: "11",
    });
  if (rate < bound / 1000)
    return bad(name, "look", {
      evidence: `${seen}, ${short(bound / rate)} times less.`,
      remedy: `Try ${short(bound / 10)}: the loss falls that many times faster.`,
      lesson: "17",
    });
  return passed(name, `${seen}.`);
}

/** Optimizers whose move is a multiple of the gradient. */
const scalesWithSlope = (name: string) =>
  /descent|sgd|heavy|momentum|nesterov/i.test(name) && !/sign/i.test(name);

/** How much farther than plain descent a rule with momentum may step: the heavy ball 1 + β times. */
function momentumFactor(name: string, settings: Readonly<Record<string, unknown>>): number {
  const { beta, momentum, nesterov } = settings;
  const push = Number(beta ?? momentum ?? 0);
  if (nesterov === true || /nesterov/i.test(name)) return (1 + push) / (1 + 2 * push);
  return /averaged/i.test(name) ? (1 + push) / (1 - push) : 1 + push;
}

/** Where each step is about as long as the rate, the bound of the Hessian says nothing. */
function adaptive(name: string, kind: string, rate: number): Item {
  const seen = `${kind} rescales the gradient: each step moves a parameter by about the rate, ${short(rate)}`;
  if (rate <= 0.1 && rate >= 1e-6) return passed(name, `${seen}.`);
  return bad(name, "look", {
    evidence: `${seen}.`,
    remedy: "0.001 is usual, and 0.0001 to 0.03 worth trying.",
    lesson: "17",
  });
}
