export type { Model, PredictOptions } from "./Model.ts";
