export { type BatchesOptions, batches } from "./batches.ts";
export { type ClustersOptions, clusters } from "./clusters.ts";
export { type LineOptions, line } from "./line.ts";
export { moons } from "./moons.ts";
export { type PolynomialOptions, polynomial, powers } from "./polynomial.ts";
export { minMax, type Scaler, standardise } from "./scaler.ts";
export { type SpiralsOptions, spirals } from "./spirals.ts";
export { type SplitOptions, split } from "./split.ts";
export type { MadeOptions, Table } from "./Table.ts";
