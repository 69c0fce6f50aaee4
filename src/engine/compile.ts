import { holding } from "./memory/arena.ts";
import { type Block, surrender } from "./memory/residence.ts";
import type { Storage } from "./memory/Storage.ts";
import { Plan } from "./plan/Plan.ts";
import { sameShape } from "./shape.ts";
import { Tensor, type TensorLike } from "./Tensor.ts";
import { isTracked } from "./tape.ts";
import { isWatching, standForNumber, stoodForNumber, type Trace, watching } from "./trace.ts";
import { asTensor } from "./values.ts";

type AnyFunction = (...given: never[]) => unknown;

/** A compiled function: used as the original, and says why it could not be compiled, if it could not. */
export type Compiled<F extends AnyFunction> = F & { readonly obstacle: string | undefined };

export interface CompileOptions {
  /**
   * Default false. With true, results of more than one number give their place to those of the next call: steps
   * of a training loop and loops over millions of numbers stay in warm memory. Reading a result that has been
   * replaced throws; a result may be an argument of the next call.
   */
  readonly reuse?: boolean;
}

/** How one call with arguments of certain shapes is repeated. */
interface Recipe {
  /** The arguments of the watched call; later ones must have their structure and shapes. */
  readonly given: unknown;
  readonly plan: Plan;
  /** The places of what earlier calls gave, as far as they have not been given up. */
  last: Block[];
  /** The result of the watched call, whose tensors are replaced by those of later calls. */
  readonly result: unknown;
  /** For each tensor of the result: its place among the plan's outputs or the inputs, or that it never changes. */
  readonly tensors: readonly {
    readonly from: "output" | "input" | "constant";
    readonly at: number;
  }[];
}

/**
 * Runs a function once for arguments of given shapes, watches which kernels it calls, and from then on repeats
 * these calls alone: entry-by-entry work shares one loop, nothing is computed that the result does not need,
 * and the numbers stay the same to the last bit. It pays for many calls of small functions (gradient checks,
 * curvature) and for long formulas over long tensors.
 *
 * Numbers and tensors among the arguments may change from call to call; everything else f uses is taken as it
 * was the first time. A function that reads numbers (`item`, `data`) to decide what to do next cannot be
 * repeated blindly: it runs as it is, and `obstacle` says why.
 *
 * @example
 * compile(grad((x) => x.pow(3)))(2)                          // → 12
 * compile((x: Tensor) => x.mul(2).add(1))(tensor([1, 2]))   // → [3, 5]
 */
export function compile<F extends AnyFunction>(f: F, options: CompileOptions = {}): Compiled<F> {
  const { reuse = false } = options;
  const recipes: Recipe[] = [];
  let obstacle: string | undefined;
  const original = f as unknown as (...given: unknown[]) => unknown;
  const run = (...given: unknown[]): unknown => {
    if (obstacle !== undefined || isWatching()) return original(...given);
    for (const recipe of recipes) {
      const inputs: Tensor[] = [];
      if (!matches(recipe.given, given, inputs)) continue;
      if (inputs.some(isTracked)) return original(...given);
      if (reuse) recipe.last = surrendered(recipe.last, inputs);
      return repeat(recipe, inputs, reuse);
    }
    if (tensorsOf(given).some(isTracked)) return original(...given);
    const watched = watchOrRun(original, given);
    obstacle = watched.obstacle;
    if ("trace" in watched && obstacle === undefined) recipes.unshift(recipeOf(given, watched));
    return watched.result;
  };
  Object.defineProperty(run, "obstacle", { get: () => obstacle });
  // Whoever asks how many arguments it takes is told of the function itself.
  Object.defineProperty(run, "length", { value: original.length });
  // `run` takes what f takes and gives what f gives, and has just been given the obstacle.
  return run as unknown as Compiled<F>;
}

/**
 * Whether arguments have the structure and shapes of earlier ones; their tensors are collected on the way.
 * What is neither number, tensor, array nor record must be the very same.
 */
function matches(earlier: unknown, part: unknown, inputs: Tensor[]): boolean {
  if (earlier instanceof Tensor) {
    if (!(part instanceof Tensor) || part.dtype !== earlier.dtype) return false;
    inputs.push(part);
    return sameShape(part.shape, earlier.shape);
  }
  if (typeof earlier === "number" && typeof part === "number") {
    inputs.push(asTensor(part));
    return true;
  }
  if (typeof earlier !== "object" || typeof part !== "object" || earlier === null || part === null)
    return Object.is(earlier, part);
  if (ArrayBuffer.isView(earlier)) {
    inputs.push(asTensor(part as Float64Array));
    return part.constructor === earlier.constructor && inputs.at(-1)!.size === lengthOf(earlier);
  }
  if (part.constructor !== earlier.constructor) return false;
  return Array.isArray(earlier) && Array.isArray(part)
    ? sameEntries(earlier, part, inputs)
    : sameParts(earlier, part, inputs);
}

const lengthOf = (view: ArrayBufferView): number => (view as Float64Array).length;

/** Counted, since the names of an array's entries would have to be made first. */
function sameEntries(
  earlier: readonly unknown[],
  part: readonly unknown[],
  inputs: Tensor[],
): boolean {
  if (earlier.length !== part.length) return false;
  for (let i = 0; i < part.length; i++) if (!matches(earlier[i], part[i], inputs)) return false;
  return true;
}

function sameParts(earlier: object, part: object, inputs: Tensor[]): boolean {
  const [names, newNames] = [Object.keys(earlier), Object.keys(part)];
  if (names.length !== newNames.length) return false;
  return names.every(
    (name, i) =>
      newNames[i] === name && matches(earlier[name as never], part[name as never], inputs),
  );
}

/** What one watched call showed. */
export interface Watched {
  /** Why the calls cannot stand for the function, if they cannot. */
  readonly obstacle: string | undefined;
  readonly trace: Trace;
  /** The storages that stood for the arguments. */
  readonly inputs: readonly Storage[];
  /** What the function gave: as it is, and with numbers where numbers belong. */
  readonly raw: unknown;
  readonly result: unknown;
}

export function watch(f: (...given: unknown[]) => unknown, given: readonly unknown[]): Watched {
  return holding(() => {
    const inputs: Tensor[] = [];
    const watched = placeholders(given, inputs) as unknown[];
    const storages = inputs.map((input) => input.storage);
    let raw: unknown;
    const trace = watching(storages, () => {
      raw = f(...watched);
    });
    if (raw instanceof Promise) trace.obstacle = "it returns a promise";
    for (const each of tensorsOf(raw)) each.keep();
    // Numbers that no argument reaches are needed again, too.
    for (const input of trace.calls.flatMap((call) => call.inputs))
      if (!trace.variable.has(input)) input.keep();
    const result = replaced(raw, (tensor) => tensor);
    return { obstacle: trace.obstacle, trace, inputs: storages, raw, result };
  });
}

/** The arguments with fresh tensors for what may change, so that what is closed over is told from it. */
function placeholders(part: unknown, inputs: Tensor[]): unknown {
  if (part instanceof Tensor || ArrayBuffer.isView(part) || typeof part === "number") {
    const from = asTensor(part as TensorLike);
    const fresh = new Tensor(from.storage.twin(), from.shape);
    inputs.push(fresh);
    return typeof part === "number" ? standForNumber(fresh) : fresh;
  }
  if (Array.isArray(part)) return part.map((inner) => placeholders(inner, inputs));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, inner]) => [name, placeholders(inner, inputs)]),
  );
}

export function tensorsOf(part: unknown): Tensor[] {
  if (part instanceof Tensor) return [part];
  if (part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return [];
  return Object.values(part).flatMap(tensorsOf);
}

/** Functions that insist on plain numbers throw when watched; then they run as they are. */
function watchOrRun(
  f: (...given: unknown[]) => unknown,
  given: readonly unknown[],
): Watched | { readonly obstacle: string; readonly result: unknown } {
  try {
    return watch(f, given);
  } catch (error) {
    // Whatever is wrong with the function itself is thrown again here.
    const result = f(...given);
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { obstacle: `it does not take tensors in place of its numbers: ${reason}`, result };
  }
}

function recipeOf(given: unknown, { inputs, trace, raw }: Watched): Recipe {
  const isMade = (storage: Storage) => trace.variable.has(storage) && !inputs.includes(storage);
  const tensors = tensorsOf(raw);
  const outputs = [...new Set(tensors.map((each) => each.storage).filter(isMade))];
  return {
    given,
    last: [],
    plan: new Plan(inputs, trace.calls, outputs),
    result: raw,
    tensors: tensors.map(({ storage }) => {
      if (isMade(storage)) return { from: "output", at: outputs.indexOf(storage) };
      const at = inputs.indexOf(storage);
      return at >= 0 ? { from: "input", at } : { from: "constant", at };
    }),
  };
}

function repeat(recipe: Recipe, inputs: readonly Tensor[], reuse: boolean): unknown {
  return holding(() => {
    const given = inputs.map((input) => input.storage);
    const outputs = recipe.plan.run(given, reuse);
    if (reuse) recipe.last.push(...placesOf(outputs));
    let next = 0;
    return replaced(recipe.result, (old) => {
      const { from, at } = recipe.tensors[next++]!;
      if (from === "constant") return old;
      return new Tensor((from === "output" ? outputs : given)[at]!, old.shape).keep();
    });
  });
}

function placesOf(storages: readonly Storage[]): Set<Block> {
  const places = new Set<Block>();
  for (const { place } of storages) if (place !== undefined) places.add(place);
  return places;
}

/** Gives up the places of earlier results, but for those of arguments; these are left for the next time. */
function surrendered(places: readonly Block[], inputs: readonly Tensor[]): Block[] {
  const isNeeded = (place: Block) => inputs.some(({ storage }) => storage.place === place);
  const left = places.filter(isNeeded);
  for (const place of places) if (!left.includes(place)) surrender(place);
  return left;
}

/** A result with other tensors in it; those that stand for numbers become numbers. */
export function replaced(part: unknown, by: (tensor: Tensor) => Tensor): unknown {
  if (part instanceof Tensor) {
    const tensor = by(part);
    return stoodForNumber(part) ? tensor.item() : tensor;
  }
  if (Array.isArray(part)) return part.map((inner) => replaced(inner, by));
  if (part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
  // As in `changed`, a copy of the whole takes half the time of one built name by name.
  const copy: Record<string, unknown> = { ...part };
  for (const name in copy) copy[name] = replaced(copy[name], by);
  return copy;
}
