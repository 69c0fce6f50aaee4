export { type Curvature, type CurvatureOptions, curvature } from "./curvature.ts";
export { type Ends, lanczos } from "./lanczos.ts";
export { type StableRateOptions, stableRate } from "./stableRate.ts";
