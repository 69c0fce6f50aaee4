import { random } from "../../engine/index.ts";
import { norm } from "../causes/vectors.ts";
import { chordBetween, type FlatChord } from "./chordBetween.ts";
import { endsOfHessian } from "./endsOfHessian.ts";
import type { Objective } from "./Objective.ts";

/** A direction in which the function curves down, and how it was found. */
export interface DownwardChord extends FlatChord {
  /** The curvature along the chord, where it was computed and not met by chance. */
  readonly curvature?: number;
}

/**
 * Looks for a direction of negative curvature at each of some points, by Lanczos' method, and turns
 * it into a chord; then for chords between the points and in random directions.
 */
export function chordByCurvature(
  objective: Objective,
  points: readonly (readonly number[])[],
): DownwardChord | undefined {
  for (const point of points) {
    const bent = worthwhile(objective) && alongLeastCurvature(objective, point);
    if (bent) return bent;
  }
  return acrossPoints(objective, points) ?? inRandomDirections(objective, points);
}

/** By differences a product costs as many values as there are parameters, twice over. */
const worthwhile = ({ exact, start }: Objective) => exact || start.length <= 100;

function alongLeastCurvature(
  objective: Objective,
  point: readonly number[],
): DownwardChord | undefined {
  const { smallest, largest, direction } = endsOfHessian(objective, point, 40);
  // Where the function is infinite or NaN there is no curvature to follow.
  if (!(smallest < -1e-9 * Math.abs(largest))) return undefined;
  const chord = chordAlong(objective, point, Array.from(direction("smallest")));
  return chord && { ...chord, curvature: smallest };
}

/** The chord through a point in a direction whose middle is highest above it, in parts of the values. */
function chordAlong(
  objective: Objective,
  point: readonly number[],
  direction: readonly number[],
): FlatChord | undefined {
  const length = Math.max(1, norm(point) / Math.sqrt(point.length));
  const chords = [1, 0.3, 0.1, 0.03, 0.01, 3].flatMap((size) => {
    const [x, y] = [-1, 1].map((side) =>
      point.map((value, i) => value + side * size * length * direction[i]!),
    );
    return chordBetween(objective, x!, y!) ?? [];
  });
  return chords.toSorted((a, b) => height(b) - height(a))[0];
}

const height = ({ value, chord }: FlatChord) =>
  (value - chord) / (Math.abs(value) + Math.abs(chord));

function acrossPoints(
  objective: Objective,
  points: readonly (readonly number[])[],
): FlatChord | undefined {
  for (const [i, x] of points.entries())
    for (const y of points.slice(i + 1)) {
      const chord = chordBetween(objective, x, y);
      if (chord) return chord;
    }
  return undefined;
}

const randomDirections = 60;

function inRandomDirections(
  objective: Objective,
  points: readonly (readonly number[])[],
): FlatChord | undefined {
  const { normal, next } = random(23);
  const size = objective.start.length;
  for (let i = 0; i < randomDirections; i++) {
    const full = normal([size]).data;
    // Every other time one parameter alone, where kinks stand clearest.
    const one = Math.floor(next() * size);
    const direction = Array.from(full, (value, k) => (i % 2 && k !== one ? 0 : value));
    const chord = chordAlong(objective, points[i % points.length]!, direction);
    if (chord) return chord;
  }
  return undefined;
}
