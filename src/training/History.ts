import type { OptimizerState } from "../optimizers/index.ts";
import type { PlateauState } from "../schedules/index.ts";
import type { AverageState } from "./average.ts";

/**
 * What a run left behind, one entry for each finished epoch: plain arrays, so that `plot.training`
 * draws it and `JSON.stringify` saves it exactly.
 */
export interface History {
  /** Mean loss of the epoch's samples, each as it was before the step that used it. Without penalties. */
  readonly train: readonly number[];
  /** Loss on the validation samples after the epoch; present if there are any. */
  readonly validation?: readonly number[];
  /** The rate of the epoch's last step. */
  readonly learningRate: readonly number[];
  /** Length of the epoch's mean gradient, penalties included, before clipping. */
  readonly gradientNorm: readonly number[];
  /** How far the parameters are from where they were an epoch before. */
  readonly parameterChange: readonly number[];
  /** Length of the epoch's mean gradient in each named part of the parameters. */
  readonly layers: Readonly<Record<string, readonly number[]>>;
}

/** Everything that decides how a run goes on: plain numbers and arrays, exact in JSON. */
export interface TrainingState {
  /** Epochs finished. */
  readonly epoch: number;
  /** Steps made. */
  readonly step: number;
  /** Batches of the present epoch that have been used. */
  readonly batch: number;
  readonly parameters: readonly number[];
  readonly optimizer: OptimizerState;
  readonly history: History;
  /** The present epoch: loss and gradient, each batch by its share of the samples, and where it began. */
  readonly sofar: {
    readonly loss: number;
    readonly gradient: readonly number[];
    readonly from: readonly number[];
  };
  /** The best validation loss, when it was, and the parameters it was with; null before the first. */
  readonly best: {
    readonly loss: number;
    readonly epoch: number;
    readonly parameters: readonly number[];
  } | null;
  readonly average: AverageState | null;
  readonly plateau: PlateauState | null;
}

/** Why a run ended. */
export type Outcome =
  | "epochs made"
  | "steps made"
  | "target reached"
  | "gradient flat"
  | "loss settled"
  | "parameters settled"
  | "validation worsened"
  | "stopped by callback"
  | "cancelled"
  | "diverged";

/** One step of a run, told as it happens. */
export interface TrainingProgress<P> {
  /** Steps made, this one included. */
  readonly step: number;
  /** The epoch that the step belongs to, from 0. */
  readonly epoch: number;
  /** Mean loss of the samples of the step, before it. */
  readonly loss: number;
  readonly learningRate: number;
  /** Length of the gradient, penalties included, before clipping. */
  readonly gradientNorm: number;
  /** Whether the step was the last of its epoch, so that the history has a new entry. */
  readonly epochEnded: boolean;
  /** The history so far; it grows while the run goes on. */
  readonly history: History;
  /** The parameters after the step. */
  parameters(): P;
  /** What to hand to `resume` in order to go on from here. */
  state(): TrainingState;
}

/** What a run gives. */
export interface Trained<P> {
  readonly outcome: Outcome;
  /** Why it ended, in a sentence with the numbers. */
  readonly reason: string;
  /** The parameters at the end, or the best ones where early stopping brought them back. */
  readonly parameters: P;
  /** The averaged parameters, where an average was asked for. */
  readonly averaged?: P;
  /** Mean loss of all training samples with these parameters. */
  readonly loss: number;
  readonly epochs: number;
  readonly steps: number;
  readonly history: History;
  /** What to hand to `resume` in order to go on. */
  readonly state: TrainingState;
  /**
   * Why the steps were not compiled, if they were not: the numbers are the same, but each step took longer.
   * See `compile`.
   */
  readonly obstacle: string | undefined;
}
