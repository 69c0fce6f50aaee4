import { bestOf } from "./earlyStopping.ts";
import type { Seen } from "./makeStep.ts";
import type { Run } from "./Run.ts";
import { distance, lengthsOf } from "./vectors.ts";

/** Writes down a finished epoch, and lets all that is judged by epochs take note of it. */
export function endEpoch(run: Run, { learningRate }: Seen): void {
  const { job, history, sofar, parameters } = run;
  const { parts } = job.objective.flat;
  history.train.push(sofar.loss);
  history.learningRate.push(learningRate);
  const lengths = lengthsOf(sofar.gradient, parts);
  history.gradientNorm.push(lengths.pop()!);
  history.parameterChange.push(distance(sofar.from, parameters));
  for (const [i, { name }] of parts.entries()) history.layers[name]!.push(lengths[i]!);
  const watched = validate(run) ?? history.train.at(-1)!;
  if (job.plateau && job.now.plateau) job.now.plateau = job.plateau.step(watched, job.now.plateau);
  if (job.earlyStopping)
    run.best = bestOf(run.best, watched, run.epoch, parameters, job.earlyStopping);
  run.epoch++;
  run.batch = 0;
  run.order = undefined;
  const { average } = job.options;
  if (average?.every === "epoch") run.average = average.add(run.average, parameters, run.epoch);
}

/** The loss on the validation samples, if there are any. */
function validate({ job, history, parameters }: Run): number | undefined {
  if (job.validation === undefined) return undefined;
  const loss = job.objective.value(parameters, job.validation);
  history.validation?.push(loss);
  return loss;
}
