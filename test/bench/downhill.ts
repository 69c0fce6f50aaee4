import * as works from "./works.ts";

/** `node downhill.mjs LETTERS` prints the figures of these workloads. */
for (const letter of process.argv[2] ?? "") {
  const work: unknown = (works as Record<string, unknown>)[letter];
  if (typeof work !== "function") throw new Error(`There is no workload ${letter}.`);
  work();
}
