import { type Item, shownItems } from "../Item.ts";
import { classes, finiteNumbers, leak, scaling, shapes, targetScaling } from "./dataItems.ts";
import { deterministic, fivePoints, gradient, signal, step } from "./gradientItems.ts";
import { lossAtStart, lossFitsTask, outputRange } from "./lossItems.ts";
import { type Flight, flightOf, type TrainingPlan } from "./Plan.ts";

/** What a look before training found. */
export interface PreflightReport {
  /** `"ready"`: nothing stands out. `"look again"`: something is unusual. `"not ready"`: it would fail. */
  readonly verdict: "ready" | "look again" | "not ready";
  readonly sentence: string;
  readonly items: readonly Item[];
}

/**
 * Goes through the checklist before a training run: numbers, shapes, loss and labels, scaling, classes,
 * leaks, range of outputs, loss at the start, gradient, whether each part learns, whether a handful of
 * samples can be learned by heart, and whether the step is stable. Each item says what was seen and what
 * to do. Nothing is changed, and no training is done on your behalf.
 *
 * @throws TypeError when there are no parameters to begin with
 * @example
 * const line = { model: (p, x) => x.matmul(p.w).add(p.b), parameters: { w: [0.1], b: 0 }, loss: mse(), data: { x: [[-1], [0], [1], [2]], y: [-1, 1, 3, 5] } };
 * preflight({ ...line, learningRate: 0.1 }).verdict   // → "ready"
 * preflight({ ...line, learningRate: 1 }).items.find(({ verdict }) => verdict === "failed").name   // → "step"
 */
export function preflight<P>(plan: TrainingPlan<P>): PreflightReport {
  // From here on the parameters are a tree of numbers.
  const flight = flightOf(plan as unknown as TrainingPlan<never>);
  const items = itemsOf(flight);
  const failed = items.filter(({ verdict }) => verdict === "failed");
  const odd = items.filter(({ verdict }) => verdict === "look");
  const verdict = failed.length ? "not ready" : odd.length ? "look again" : "ready";
  const sentence = sentenceOf(items, failed, odd);
  return shownItems({ verdict, sentence, items }, items);
}

/** Where an item fails that others stand on, these are not asked. */
function itemsOf(flight: Flight): readonly Item[] {
  const ground = [finiteNumbers(flight), shapes(flight)];
  if (hasFailed(ground)) return ground;
  const data = [scaling, targetScaling, classes, leak].map((item) => item(flight));
  const task = lossFitsTask(flight);
  if (hasFailed([task])) return [...ground, task, ...data];
  const before = [...ground, task, ...data, outputRange(flight), lossAtStart(flight)];
  const same = deterministic(flight);
  if (hasFailed([same])) return [...before, same];
  const slopes = [gradient, signal, fivePoints, step].map((item) => item(flight));
  return [...before, same, ...slopes];
}

const hasFailed = (items: readonly Item[]) => items.some(({ verdict }) => verdict === "failed");

function sentenceOf(items: readonly Item[], failed: readonly Item[], odd: readonly Item[]): string {
  const names = (list: readonly Item[]) => list.map(({ name }) => name).join(", ");
  const passed = items.filter(({ verdict }) => verdict === "passed").length;
  if (failed.length)
    return `Not ready: ${names(failed)}. ${failed[0]!.evidence}${odd.length ? ` Look also at ${names(odd)}.` : ""}`;
  if (odd.length) return `Look again at ${names(odd)}. ${odd[0]!.evidence}`;
  return `Ready: ${passed} checks passed.`;
}
