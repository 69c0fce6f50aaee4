export { type ActivationsOptions, activations } from "./activations.ts";
export { type BoundaryOptions, boundary, type Labelled } from "./boundary.ts";
export { type BoxOptions, box } from "./box.ts";
export { type CalibrationOptions, calibration } from "./calibration.ts";
export { type ChordOptions, chord } from "./chord.ts";
export { type ContourOptions, contour } from "./contour.ts";
export { Figure } from "./Figure.ts";
export { type FitOptions, fit } from "./fit.ts";
export { type FnOptions, type FunctionOfOne, fn } from "./fn.ts";
export {
  type CheckedGradient,
  type GradientCheckOptions,
  type GradientPair,
  gradientCheck,
} from "./gradientCheck.ts";
export { type GradientFlowOptions, gradientFlow } from "./gradientFlow.ts";
export { type GraphNode, type GraphOptions, graph } from "./graph.ts";
export { type HistogramOptions, histogram } from "./histogram.ts";
export { influence } from "./influence.ts";
export type { FunctionOfTwo } from "./landscape.ts";
export { type LineOptions, line } from "./line.ts";
export { type DrawableLoss, type LossCurve, type Losses, type LossOptions, loss } from "./loss.ts";
export { type CountedClasses, type MatrixOptions, matrix } from "./matrix.ts";
export type { Numbers, Scalar, Table } from "./numbers.ts";
export type { Path } from "./paths.ts";
export { type PrecisionRecallOptions, precisionRecall } from "./precisionRecall.ts";
export { type RaceOptions, race } from "./race.ts";
export { type RocOptions, roc } from "./roc.ts";
export { type SchedulesOptions, schedules } from "./schedules.ts";
export type { Series } from "./series.ts";
export { type Probabilities, type SimplexOptions, simplex } from "./simplex.ts";
export { type SliceOptions, slice } from "./slice.ts";
export { type SliderOptions, slider } from "./slider.ts";
export { type StabilityOptions, stability } from "./stability.ts";
export { type StripOptions, strip } from "./strip.ts";
export { type SubgradientsOptions, subgradients } from "./subgradients.ts";
export { type SurfaceOptions, surface } from "./surface.ts";
export { surfaceAndMap } from "./surfaceAndMap.ts";
export { type Sweep, type SweepOptions, sweep } from "./sweep.ts";
export { type TrainingOptions, training } from "./training.ts";
export { type TuningOptions, tuning } from "./tuning.ts";
