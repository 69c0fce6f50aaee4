import * as training from "./training.ts";
import * as works from "./works.ts";

const named: Readonly<Record<string, () => void>> = { ...works };
const trained: Readonly<Record<string, () => void>> = { ...training };

/** `node downhill.mjs LETTERS` prints the figures of these workloads. */
for (const letter of process.argv[2] ?? "") {
  const work = named[letter];
  if (work === undefined) throw new Error(`There is no workload ${letter}.`);
  work();
  trained[letter]?.();
}
