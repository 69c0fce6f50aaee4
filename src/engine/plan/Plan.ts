import { compiled, type Kernel } from "../kernels/compiled.ts";
import { foldPieces, piece } from "../kernels/reductions.ts";
import { allocate } from "../memory/arena.ts";
import { bytesOf, type DType, type Extent, Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import { type Fusion, fused, type Place } from "../wasm/fused.ts";
import { Group, placeOf } from "./Group.ts";
import { schedule } from "./schedule.ts";

/** A step of a plan: reads and writes slots, each of which has an address while the plan runs. */
export interface Step {
  readonly run: (addresses: readonly number[]) => void;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/** Kernel calls that can be repeated with other inputs. */
export class Plan {
  /** The number of each storage's slot. */
  readonly slots = new Map<Storage, number>();
  readonly steps: readonly Step[];
  /** Numbers that are the same in every run. */
  readonly #constants: { readonly slot: number; readonly storage: Storage }[] = [];
  /** Where results in between lie, from the beginning of a region; outputs have their own storages. */
  readonly #offsets: { readonly slot: number; readonly offset: number }[] = [];
  #regionBytes = 0;
  /** What inputs and calls give; everything else is constant. */
  readonly #made: ReadonlySet<Storage>;
  readonly #inputs: readonly number[];
  readonly #outputs: readonly (Extent & { readonly slot: number })[];

  constructor(inputs: readonly Storage[], calls: readonly Call[], outputs: readonly Storage[]) {
    this.#inputs = inputs.map((input) => this.#slot(input));
    const made = new Set<Storage>([...inputs, ...calls.map((call) => call.output)]);
    this.#made = made;
    const own = new Set(outputs.filter((output) => made.has(output) && !inputs.includes(output)));
    const steps = schedule(calls, outputs);
    const visible = visibleStorages(steps, outputs);
    this.steps = steps.map((step) =>
      step instanceof Group ? this.#loop(step, visible) : this.#single(step),
    );
    for (const [storage, slot] of this.slots) {
      if (inputs.includes(storage) || own.has(storage)) continue;
      if (!made.has(storage)) this.#constants.push({ slot, storage: storage.lasting() });
      else this.#offsets.push({ slot, offset: this.#room(storage.size, storage.dtype) });
    }
    this.#outputs = [...own].map((storage) => ({
      slot: this.#slot(storage),
      size: storage.size,
      dtype: storage.dtype,
    }));
  }

  /**
   * Runs all steps; gives the storages of the outputs that depend on the inputs, in their order.
   * With `reuse` they stay where they are, for whoever surrenders their places later.
   */
  run(inputs: readonly Storage[], reuse = false): Storage[] {
    const addresses = new Array<number>(this.slots.size).fill(0);
    this.#inputs.forEach((slot, i) => {
      addresses[slot] = inputs[i]!.address;
    });
    for (const { slot, storage } of this.#constants) addresses[slot] = storage.address;
    const outputs = reuse
      ? Storage.reusable(this.#outputs)
      : this.#outputs.map(({ size, dtype }) => Storage.empty(size, dtype));
    this.#outputs.forEach(({ slot }, i) => {
      addresses[slot] = outputs[i]!.address;
    });
    const region = allocate(this.#regionBytes);
    for (const { slot, offset } of this.#offsets) addresses[slot] = region + offset;
    for (const step of this.steps) step.run(addresses);
    return outputs;
  }

  #slot(storage: Storage): number {
    const known = this.slots.get(storage);
    if (known !== undefined) return known;
    this.slots.set(storage, this.slots.size);
    return this.slots.size - 1;
  }

  /** An offset in the region, with the slack that kernels may touch. */
  #room(size: number, dtype: DType): number {
    const offset = this.#regionBytes;
    this.#regionBytes += (size * bytesOf(dtype) + 32 + 31) & ~31;
    return offset;
  }

  #single(call: Call): Step {
    const inputs = call.inputs.map((input) => this.#slot(input));
    const output = this.#slot(call.output);
    const from = new Array<number>(inputs.length);
    const run = (addresses: readonly number[]) => {
      for (let i = 0; i < from.length; i++) from[i] = addresses[inputs[i]!]!;
      call.run(addresses[output]!, from);
    };
    return { run, reads: inputs, writes: [output] };
  }

  #loop(group: Group, visible: ReadonlySet<Storage>): Step {
    if (group.calls.length === 1 && group.totals.length === 0) return this.#single(group.calls[0]!);
    const { fusion, inputs, outputs } = fusionOf(group, visible, this.#made);
    const dtype = group.calls[0]!.output.dtype;
    const run = loopKernel(dtype, fusion);
    const slots = [...inputs, ...outputs].map((storage) => this.#slot(storage));
    const reads = slots.slice(0, inputs.length);
    const writes = slots.slice(inputs.length);
    if (group.totals.length > 0) {
      const totals = group.totals.map((call) => this.#slot(call.output));
      const add = this.#totals(group, run, slots, fusion.inputs);
      return { run: add, reads, writes: [...writes, ...totals] };
    }
    const given = [...slots, group.length * bytesOf(dtype), group.rows];
    const once = (addresses: readonly number[]) => {
      for (let i = 0; i < slots.length; i++) given[i] = addresses[slots[i]!]!;
      run(...given);
    };
    return { run: once, reads, writes };
  }

  /** A loop with totals runs in pieces, as sums do everywhere, and the pieces' sums are added up at the end. */
  #totals(
    group: Group,
    run: Kernel,
    slots: readonly number[],
    places: readonly Place[],
  ): Step["run"] {
    const dtype = group.calls[0]!.output.dtype;
    const bytes = bytesOf(dtype);
    const pieces = Math.floor(group.length / piece);
    const rest = group.length - pieces * piece;
    const count = pieces + Number(rest > 0);
    const totals = group.totals.map((call) => this.#slot(call.output));
    const moves = slots.map((_, i) => (places[i] === "scalar" ? 0 : pieces * piece * bytes));
    return (addresses) => {
      const starts = slots.map((slot) => addresses[slot]!);
      const parts = totals.map(() => allocate(count * bytes));
      if (pieces > 0) run(...starts, ...parts, piece * bytes, pieces);
      if (rest > 0) {
        const later = starts.map((start, i) => start + moves[i]!);
        run(...later, ...parts.map((part) => part + pieces * bytes), rest * bytes, 1);
      }
      totals.forEach((slot, i) => {
        foldPieces(dtype, addresses[slot]!, parts[i]!, count);
      });
    };
  }
}

/** Loops that were compiled before, by what they do. */
const loops = new Map<string, Kernel>();

function loopKernel(dtype: DType, fusion: Fusion): Kernel {
  const key = dtype + JSON.stringify(fusion);
  const known = loops.get(key);
  if (known !== undefined) return known;
  const made = compiled(fused("fused", dtype, fusion));
  loops.set(key, made);
  return made;
}

/** What must be written to memory: outputs, and whatever another step reads. */
function visibleStorages(
  steps: readonly (Call | Group)[],
  outputs: readonly Storage[],
): Set<Storage> {
  const visible = new Set(outputs);
  for (const step of steps) {
    for (const call of step instanceof Group ? step.calls : [step])
      for (const input of call.inputs)
        if (!(step instanceof Group) || !step.makes(input)) visible.add(input);
  }
  return visible;
}

function fusionOf(group: Group, visible: ReadonlySet<Storage>, made: ReadonlySet<Storage>) {
  const values = new Map<Storage, number>();
  const [inputs, places]: [Storage[], Place[]] = [[], []];
  const singles = new Map<Storage, Storage | undefined>();
  // A list may be met as a row here and as a column there.
  const read = (list: Storage, where: Place): number => {
    if (!singles.has(list)) singles.set(list, made.has(list) ? undefined : singleOf(list));
    const single = singles.get(list);
    const [storage, place] = single === undefined ? [list, where] : [single, "scalar" as const];
    const known = inputs.findIndex((input, i) => input === storage && places[i] === place);
    return known >= 0 ? known : inputs.push(storage) && places.push(place) - 1;
  };
  for (const call of group.calls)
    call.inputs.forEach((input, i) => {
      if (!group.makes(input)) read(input, placeOf(call.map!.rows, i));
    });
  const operations = group.calls.map((call, index) => {
    const operands = call.inputs.map(
      (input, i) => values.get(input) ?? read(input, placeOf(call.map!.rows, i)),
    );
    values.set(call.output, inputs.length + index);
    return { name: call.map!.name, operands };
  });
  const outputs = group.calls.map((call) => call.output).filter((output) => visible.has(output));
  const fusion: Fusion = {
    inputs: places,
    operations,
    outputs: outputs.map((output) => values.get(output)!),
    totals: group.totals.map((call) => values.get(call.inputs[0]!)!),
  };
  return { fusion, inputs, outputs };
}

/** Where the same number is repeated, as in the gradient of a mean, it need not come from memory each time. */
function singleOf(storage: Storage): Storage | undefined {
  const { values, dtype } = storage;
  const isRepeated = values.length > 1 && values.every((value) => Object.is(value, values[0]));
  return isRepeated ? Storage.single(values[0]!, dtype) : undefined;
}
