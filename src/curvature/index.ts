export { type Curvature, type CurvatureOptions, curvature } from "./curvature.ts";
export { type StableRateOptions, stableRate } from "./stableRate.ts";
