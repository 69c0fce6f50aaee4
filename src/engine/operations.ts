import { type Watched, watch } from "./compile.ts";
import type { Storage } from "./memory/Storage.ts";
import type { Call } from "./trace.ts";

/** Where an operation takes a value from: a place in the list of values, or numbers that never change. */
export type Operand =
  | { readonly place: number }
  | { readonly least: number; readonly most: number };

/** One operation of a function: what it does, and to what. Its result takes the next place. */
export interface Operation {
  /** Entry by entry (`"add"`, `"exp"` …), or over many entries: a sum or a move, a product of matrices, an extreme. */
  readonly name: string;
  readonly operands: readonly Operand[];
  /** Whether all operands have the shape of the result, so that entry meets entry. */
  readonly aligned: boolean;
}

/**
 * Watches a function of parameters once and lists its operations. The first places are the parameters'
 * own tensors in their order; then each operation adds one. Whoever knows a rule for each operation can
 * follow a property through the whole function, such as being affine or convex in the parameters.
 *
 * @returns `undefined` for a function that reads numbers to decide what to do, or computes without tensors.
 * @example
 * operationsOf((x) => x.mul(2).exp(), tensor(1)).operations.map(({ name }) => name)   // → ["mul", "exp"]
 * operationsOf((x) => (x.item() > 0 ? x : x.neg()), tensor(1))                        // → undefined
 */
export function operationsOf(
  f: (parameters: never) => unknown,
  parameters: unknown,
):
  | {
      readonly leaves: number;
      readonly operations: readonly Operation[];
      readonly result: Operand;
    }
  | undefined {
  const watched = watchedOrNot(f as (parameters: unknown) => unknown, parameters);
  const tensor = watched?.raw as { readonly storage?: Storage } | undefined;
  if (!watched || watched.obstacle !== undefined || !tensor?.storage) return undefined;
  const places = new Map(watched.inputs.map((storage, place) => [storage, place]));
  const operations = watched.trace.calls.map((call) => {
    const operands = call.inputs.map((input) => operandOf(input, places));
    places.set(call.output, places.size);
    return { name: nameOf(call), operands, aligned: isAligned(call) };
  });
  return { leaves: watched.inputs.length, operations, result: operandOf(tensor.storage, places) };
}

function watchedOrNot(
  f: (parameters: unknown) => unknown,
  parameters: unknown,
): Watched | undefined {
  try {
    return watch(f as (...given: unknown[]) => unknown, [parameters]);
  } catch {
    // A function that insists on plain numbers has no operations that could be listed.
    return undefined;
  }
}

const nameOf = ({ map, name }: Call) => map?.name ?? name ?? "other";

const isAligned = ({ map }: Call) =>
  map === undefined || (map.rows.rows === 1 && map.rows.reaches.every((reach) => reach === "each"));

function operandOf(storage: Storage, places: ReadonlyMap<Storage, number>): Operand {
  const place = places.get(storage);
  if (place !== undefined) return { place };
  let [least, most] = [Infinity, -Infinity];
  for (const value of storage.values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}
