import { coordinatesAt, fartherAway, nearby } from "../coordinates.ts";
import { copyOf, flattened, zeroed } from "../numbers.ts";
import { layoutOf, type ParameterLayout } from "../parameterLayout.ts";
import { isCause, readGradient } from "../readGradient.ts";
import { type Neighbourhood, type Slope, slopeAt } from "../slope.ts";
import { type AnyFunction, calledOn, numberFrom } from "../subject.ts";
import { type Batch, readingsOf } from "./Batch.ts";
import type { Evidence, Quantity, Reading, Region, SiteReading } from "./Evidence.ts";
import { factsOf, joined, quantitiesFrom, regionsFrom, sizeRegion } from "./quantities.ts";
import type { Numbers } from "./vectors.ts";

/** What an author knows about an exercise; all of it only sharpens the words. */
export interface AuthorFacts<P, B> {
  /** The model's output for each sample; without it, inputs · weights + bias is tried. */
  readonly prediction?: (parameters: P, batch: B) => unknown;
  /** Named numbers, one for each sample: `{ "σ′(z)": … }`. */
  readonly quantities?: Readonly<Record<string, (parameters: P, batch: B) => unknown>>;
  /** Named sets of samples, true where a sample belongs: `{ "|r| > δ": … }`. */
  readonly regions?: Readonly<Record<string, (parameters: P, batch: B) => readonly boolean[]>>;
  /** The number of classes, so that a factor can be called by it. */
  readonly classes?: number;
}

/** A gradient check that has failed: what was called, and what it gave. */
export interface Failure extends Reading {
  readonly layout: ParameterLayout;
  readonly f: AnyFunction;
  readonly gradient: unknown;
  readonly data: unknown;
  readonly single: boolean;
  readonly facts: AuthorFacts<never, never>;
}

/** Everything a finder may ask for, computed when it asks and only once. */
export function gatherEvidence(failure: Failure): Evidence {
  const { layout, yours, numeric, data, single, facts } = failure;
  const read = reader(failure);
  const close = single ? 1e-3 : 1e-5;
  const batch = readingsOf(data).find(({ take }) =>
    measured(layout, failure.f, take([0]), layout.values),
  );
  const elementwise = isElementwise(failure);
  const samples = batch ?? (elementwise ? readingsOf(data)[0] : undefined);
  const points = once(() => sitePoints(failure, read, batch, elementwise));
  const sites = () => points().flatMap(({ sites }) => sites);
  const own = once(() =>
    joined(points().map(({ layout }) => sampleFacts(failure, layout, samples))),
  );
  const parts = new Map<string, Reading | undefined>();
  return {
    layout,
    values: layout.values,
    yours,
    numeric,
    height: numberFrom(calledOn(layout, failure.f, data)(layout.values, data)),
    close,
    elementwise,
    ...(samples && { batch: samples }),
    ...(facts.classes && { classes: facts.classes }),
    data,
    read,
    slopesOn: slopesOnSamples(failure, batch),
    elsewhere: once(() => nearby(layout).flatMap((values) => read(values, data) ?? [])),
    farther: once(() => moreReadings(failure, read)),
    on(chosen) {
      if (!batch) return undefined;
      const key = chosen.join();
      if (!parts.has(key)) parts.set(key, read(layout.values, batch.take(chosen)));
      return parts.get(key);
    },
    sites,
    onZeros: once(() => (data === undefined ? undefined : read(layout.values, zeroed(data)))),
    quantities: once(() => [...authorQuantities(failure, points()), ...quantitiesFrom(own())]),
    regions: once(() => [...authorRegions(failure, points()), ...regionsFrom(own())]),
    sizeRegion: (wrong) => sizeRegion(own(), wrong),
  };
}

/** Readings at parameters near, and far as well where parameters are few. */
function moreReadings({ layout, data }: Failure, read: ReturnType<typeof reader>) {
  const far = layout.values.length > 100 ? [] : fartherAway(layout).slice(0, 3);
  return [...nearby(layout), ...far].flatMap((values) => read(values, data) ?? []);
}

/** The slopes of the function alone, on some samples; whoever cannot compute these has none. */
function slopesOnSamples({ layout, f }: Failure, batch: Batch | undefined): Evidence["slopesOn"] {
  const known = new Map<string, Numbers | undefined>();
  return (samples, values) => {
    const key = `${samples.join()};${Array.from(values).join()}`;
    if (batch && !known.has(key)) known.set(key, measured(layout, f, batch.take(samples), values));
    return known.get(key);
  };
}

function measured(layout: ParameterLayout, f: AnyFunction, data: unknown, values: Numbers) {
  try {
    const called = calledOn(layout, f, data);
    const zeros = new Float64Array(values.length);
    return slopes(layout, (at) => numberFrom(called(at, data)), values, zeros);
  } catch {
    // Not every function can be computed on some of its samples.
    return undefined;
  }
}

/** More samples do not make a pattern clearer. */
const mostSamples = 24;

/** All sites at one point of the parameters. */
interface Point {
  readonly layout: ParameterLayout;
  readonly sites: readonly SiteReading[];
}

/** The sites at the parameters under test and at others; a point that cannot be computed is left out. */
function sitePoints(
  failure: Failure,
  read: ReturnType<typeof reader>,
  batch: Batch | undefined,
  elementwise: boolean,
): readonly Point[] {
  const { layout } = failure;
  const others = failure.layout.values.length > 100 ? [] : fartherAway(layout).slice(0, 3);
  return [layout.values, ...others].flatMap((values, k) => {
    const there = k ? layoutOf(layout.rebuild(values)) : layout;
    const sites = elementwise
      ? entrySites(k ? read(values, failure.data) : failure, k === 0)
      : batchSites(batch, k === 0, (data) => read(values, data));
    return sites ? [{ layout: there, sites }] : [];
  });
}

/** Where each parameter is the prediction for one sample, each entry is a sample's share. */
const entrySites = (reading: Reading | undefined, here: boolean) =>
  reading &&
  Array.from(reading.yours, (_, index) => ({ reading, sample: index, index, here })).slice(
    0,
    mostSamples,
  );

function batchSites(
  batch: Batch | undefined,
  here: boolean,
  read: (data: unknown) => Reading | undefined,
): readonly SiteReading[] | undefined {
  const size = Math.min(batch?.size ?? 0, mostSamples);
  const sites = Array.from({ length: size }, (_, sample) => {
    const reading = read(batch!.take([sample]));
    return reading && { reading, sample, here };
  });
  return size && sites.every((site) => site !== undefined) ? sites : undefined;
}

/** Compares once more, at other parameters or on other data; `undefined` where that cannot be done. */
function reader({ layout, f, gradient }: Failure) {
  return (values: Numbers, data: unknown): Reading | undefined => {
    if (typeof gradient !== "function") return undefined;
    try {
      const theirs = calledOn(layout, gradient as AnyFunction, data);
      const yours = readGradient(layout, theirs(values, copyOf(data)));
      if (isCause(yours)) return undefined;
      const called = calledOn(layout, f, data);
      const numeric = slopes(layout, (at) => numberFrom(called(at, data)), values, yours);
      return numeric && { values, yours, numeric, height: numberFrom(called(values, data)) };
    } catch {
      // Not every function can be computed on one sample; then this evidence is not there.
      return undefined;
    }
  };
}

function slopes(
  layout: ParameterLayout,
  f: (values: Numbers) => number,
  at: Numbers,
  yours: Numbers,
) {
  const coordinate = coordinatesAt(layout.groups, at, f);
  const numbers: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const near = coordinate(i);
    if (!Number.isFinite(near.centre)) return undefined;
    const slope = at.length > 100 ? central(near) : slopeAt(near);
    if (slope.kind === "jump" || slope.kind === "undefined") return undefined;
    numbers.push(targetOf(slope, yours[i]!));
  }
  return numbers;
}

/** Two values are enough for a pattern where there are many parameters. */
function central({
  f,
  x,
  centre,
  scale,
}: Neighbourhood): Pick<Slope, "kind" | "value" | "left" | "right"> {
  const h = scale * 2 ** -17;
  const [left, right] = [(centre - f(x - h)) / h, (f(x + h) - centre) / h];
  return { kind: "smooth", value: (left + right) / 2, left, right };
}

/** The slope that a gradient should have here; at a corner the nearest of those allowed. */
export function targetOf(
  { kind, value, left, right }: Pick<Slope, "kind" | "value" | "left" | "right">,
  yours: number,
): number {
  if (kind !== "corner") return value;
  return Math.min(Math.max(left, right), Math.max(Math.min(left, right), yours));
}

/** One block of parameters, one sample for each, and the function falls apart into them. */
function isElementwise({ layout, f, data }: Failure): boolean {
  const [group, ...others] = layout.groups;
  if (!group || others.length || group.shape.length !== 1 || group.size < 2) return false;
  const batch = readingsOf(data).find(({ size }) => size === group.size);
  if (!batch) return data === undefined && fallsApart(layout, f);
  try {
    const whole = numberFrom(calledOn(layout, f, data)(layout.values, data));
    const sum = Array.from(layout.values, (value, i) => {
      const alone = layoutOf([value]);
      const part = batch.take([i]);
      return numberFrom(calledOn(alone, f, part)(alone.values, part));
    }).reduce((total, value) => total + value, 0);
    return [sum, sum / group.size].some(
      (value) => Math.abs(value - whole) <= 1e-6 * Math.abs(whole),
    );
  } catch {
    // A function that cannot be computed on one entry does not fall apart into entries.
    return false;
  }
}

/** Whether a function is a sum of functions of one parameter each: moves add up. */
function fallsApart(layout: ParameterLayout, f: AnyFunction): boolean {
  const called = calledOn(layout, f, undefined);
  const value = (at: Numbers) => numberFrom(called(at, undefined));
  const start = value(layout.values);
  return [...nearby(layout), ...fartherAway(layout)].every((there) => {
    const alone = Array.from(layout.values, (_, i) => {
      const moved = Float64Array.from(layout.values);
      moved[i] = there[i]!;
      return value(moved) - start;
    });
    const together = value(there) - start;
    const size = alone.reduce((total, move) => total + Math.abs(move), Math.abs(start));
    return Math.abs(alone.reduce((total, move) => total + move, -together)) <= 1e-9 * size;
  });
}

function sampleFacts({ facts, data }: Failure, layout: ParameterLayout, batch: Batch | undefined) {
  const none = { take: () => data, reordered: () => data, scaled: () => data, fields: {} };
  const own = batch ?? { ...none, size: layout.values.length };
  const prediction = facts.prediction?.(layout.rebuild(layout.values) as never, data as never);
  const all = factsOf(layout, own, prediction === undefined ? undefined : flattened(prediction));
  const first = (list: readonly Quantity[]) =>
    list.map(({ name, values }) => ({ name, values: Array.from(values).slice(0, mostSamples) }));
  return { outputs: first(all.outputs), targets: first(all.targets), columns: first(all.columns) };
}

const authorQuantities = (
  { facts, data }: Failure,
  points: readonly Point[],
): readonly Quantity[] =>
  Object.entries(facts.quantities ?? {}).map(([name, of]) => ({
    name,
    values: points.flatMap(({ layout }) =>
      flattened(of(layout.rebuild(layout.values) as never, data as never)).slice(0, mostSamples),
    ),
  }));

const authorRegions = ({ facts, data }: Failure, points: readonly Point[]): readonly Region[] =>
  Object.entries(facts.regions ?? {}).map(([name, of]) => ({
    name,
    holds: points.flatMap(({ layout }) =>
      of(layout.rebuild(layout.values) as never, data as never).slice(0, mostSamples),
    ),
  }));

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
