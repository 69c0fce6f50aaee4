export { type ContourOptions, contour } from "./contour.ts";
export { Figure } from "./Figure.ts";
export { type FnOptions, type FunctionOfOne, fn } from "./fn.ts";
export type { FunctionOfTwo } from "./landscape.ts";
export { type LineOptions, line } from "./line.ts";
export { type DrawableLoss, type LossOptions, loss } from "./loss.ts";
export { type SliderOptions, slider } from "./slider.ts";
