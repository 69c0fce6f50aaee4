import { random } from "../../engine/index.ts";
import type { ParameterGroup } from "../parameterLayout.ts";
import { chordBetween, type FlatChord } from "./chordBetween.ts";
import type { Objective } from "./Objective.ts";

/** One axis of one group. */
interface Axis {
  readonly group: ParameterGroup;
  readonly axis: number;
}

/**
 * Looks for units that can change places without changing the function: a weight matrix gives each
 * unit a row or column, the next one takes it up. The loss is the same before and after; halfway
 * between, each unit is a blend of two, and the loss is usually higher. That refutes convexity.
 */
export function chordByExchange(
  objective: Objective,
  points: readonly (readonly number[])[],
): (FlatChord & { readonly units: number }) | undefined {
  for (const axes of exchanges(objective)) {
    const [{ group, axis }] = axes as [Axis, ...Axis[]];
    const units = group.shape[axis]!;
    for (const order of orders(units))
      for (const point of points) {
        const chord = chordBetween(objective, point, exchanged(point, axes, order));
        if (chord) return { ...chord, units };
      }
  }
  return undefined;
}

/** All ways to exchange the first two units along matching axes that leave the function as it is. */
function exchanges(objective: Objective): readonly (readonly Axis[])[] {
  const { groups } = objective.layout;
  const leaving = groups.flatMap((group) => group.shape.map((_, axis) => ({ group, axis })));
  return leaving
    .flatMap((first) => candidatesFrom(first, groups))
    .filter((axes) => leavesTheSame(objective, axes));
}

/** From one axis to a later axis of the same length; the lists between them (biases) go along. */
function candidatesFrom(first: Axis, groups: readonly ParameterGroup[]): readonly Axis[][] {
  const units = first.group.shape[first.axis]!;
  const later = groups.slice(groups.indexOf(first.group) + 1);
  if (units < 2) return [];
  return later.flatMap((last, k) =>
    last.shape.flatMap((length, axis) => {
      if (length !== units) return [];
      const biases = later
        .slice(0, k)
        .filter(({ shape }) => shape.length === 1 && shape[0] === units)
        .map((group) => ({ group, axis: 0 }));
      const ends = [first, { group: last, axis }];
      return biases.length ? [[first, ...biases, ends[1]!], ends] : [ends];
    }),
  );
}

function leavesTheSame(objective: Objective, axes: readonly Axis[]): boolean {
  const units = axes[0]!.group.shape[axes[0]!.axis]!;
  const close = objective.single ? 1e-5 : 1e-11;
  return orders(units).every((order) => {
    const moved = exchanged(objective.start, axes, order);
    if (moved.every((value, i) => value === objective.start[i])) return false;
    const [before, after] = [objective.value(objective.start), objective.value(moved)];
    return Math.abs(before - after) <= close * Math.max(Math.abs(before), Math.abs(after));
  });
}

/** Reversed, shifted by one, and shuffled. */
function orders(units: number): readonly (readonly number[])[] {
  const numbers = Array.from({ length: units }, (_, i) => i);
  const reversed = numbers.toReversed();
  const shifted = numbers.map((i) => (i + 1) % units);
  return units === 2 ? [reversed] : [reversed, shifted, random(5).permutation(units)];
}

/** The parameters with the units along all these axes in another order. */
function exchanged(
  values: readonly number[],
  axes: readonly Axis[],
  order: readonly number[],
): readonly number[] {
  const moved = [...values];
  for (const { group, axis } of axes) {
    const inner = group.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const length = group.shape[axis]!;
    for (let i = 0; i < group.size; i++) {
      const unit = Math.floor(i / inner) % length;
      moved[group.offset + i] = values[group.offset + i + (order[unit]! - unit) * inner]!;
    }
  }
  return moved;
}
