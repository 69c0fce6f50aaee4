import type { Trained } from "./History.ts";
import { inSentence } from "./inSentence.ts";
import { type Run, saved } from "./Run.ts";
import { brief, type Ending } from "./stopping.ts";

/** What a run gives at its end; `lost` is the last loss of one that diverged. */
export function trained(run: Run, { outcome, reason }: Ending, lost?: number): Trained<unknown> {
  const { objective, samples, earlyStopping } = run.job;
  const best = earlyStopping?.restore ? run.best : null;
  const values = best === null ? run.parameters : Float64Array.from(best.parameters);
  const loss = best === null && lost !== undefined ? lost : objective.value(values, samples);
  const result = {
    outcome,
    reason,
    parameters: objective.flat.restore(values),
    ...(run.average && { averaged: objective.flat.restore(run.average.values) }),
    loss,
    epochs: run.epoch,
    steps: run.step,
    history: run.history,
    state: saved(run),
    obstacle: objective.obstacle(),
  };
  const text = `${result.epochs} epochs, ${result.steps} steps, loss ${brief(loss)}. ${reason}`;
  return inSentence(result, text);
}
