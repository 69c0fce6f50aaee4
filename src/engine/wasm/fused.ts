import { Assembler, bitsBoth, bitsDown, type Local, minus, plus } from "./Assembler.ts";
import * as elementary from "./elementary.ts";
import type { Formula } from "./elementwise.ts";
import { type Code, type FunctionCode, valueType } from "./encode.ts";
import { type VectorName, vectorFormulas } from "./formulas.ts";
import { type Kind, Lanes } from "./Lanes.ts";

/**
 * How an operand meets a table of rows: “full” has a number for every entry, “row” one row for all,
 * “column” one number for each row, “scalar” a single number.
 */
export type Place = "full" | "row" | "column" | "scalar";

/** Operations that share one loop. Values are counted: first the inputs, then one for each operation. */
export interface Fusion {
  readonly inputs: readonly Place[];
  readonly operations: readonly {
    readonly name: VectorName;
    readonly operands: readonly number[];
  }[];
  /** Which values are written to memory. */
  readonly outputs: readonly number[];
  /** Which values are added up along each row. */
  readonly totals: readonly number[];
}

/** Vectors that are summed side by side, as in foldRows, so that the sums agree to the last bit. */
const width = 4;

interface Loop {
  readonly assembler: Assembler;
  readonly lanes: Lanes;
  readonly fusion: Fusion;
  readonly inputs: readonly {
    readonly place: Place;
    readonly start: Local;
    readonly here: Local;
    readonly value: Local;
  }[];
  readonly outputs: readonly Local[];
  readonly totals: readonly Local[];
  readonly sums: readonly (readonly Local[])[];
}

/** `(inputs…, outputs…, totals…, rowBytes, rows)`: computes all operations in one loop over the entries. */
export function fused(name: string, kind: Kind, fusion: Fusion): FunctionCode {
  const count = fusion.inputs.length + fusion.outputs.length + fusion.totals.length;
  const assembler = new Assembler(name, new Array(count + 2).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const parameters = Array.from({ length: count + 2 }, (_, i) => assembler.parameter(i));
  const [rowBytes, rows] = [parameters[count]!, parameters[count + 1]!];
  const outputsFrom = fusion.inputs.length;
  const totalsFrom = outputsFrom + fusion.outputs.length;
  const loop: Loop = {
    assembler,
    lanes,
    fusion,
    inputs: fusion.inputs.map((place, i) => ({
      place,
      start: parameters[i]!,
      here: assembler.local(valueType.i32),
      value: assembler.local(valueType.v128),
    })),
    outputs: fusion.outputs.map((_, i) => parameters[outputsFrom + i]!),
    totals: fusion.totals.map((_, i) => parameters[totalsFrom + i]!),
    sums: fusion.totals.map(() =>
      Array.from({ length: width }, () => assembler.local(valueType.v128)),
    ),
  };
  assembler.repeat(
    () => {
      row(loop, rowBytes);
      assembler.emit(rows.set(minus(rows.get, 1)));
    },
    () => rows.get,
  );
  return assembler.finish();
}

function row(loop: Loop, rowBytes: Local): void {
  const { assembler, lanes, inputs } = loop;
  for (const { place, start, here, value } of inputs) {
    if (place === "column" || place === "scalar")
      assembler.emit(value.set(lanes.loadSplat(start.get)));
    else assembler.emit(here.set(start.get));
  }
  const outputsHere = loop.outputs.map((output) => {
    const here = assembler.local(valueType.i32);
    assembler.emit(here.set(output.get));
    return here;
  });
  for (const sum of loop.sums.flat()) assembler.emit(sum.set(lanes.constant(0)));
  fours(loop, outputsHere, bitsDown(rowBytes.get, 6));
  turns(loop, outputsHere, bitsBoth(bitsDown(rowBytes.get, 4), width - 1), 1, addToFirst);
  loop.totals.forEach((total, t) => {
    assembler.emit(lanes.storeOne(total.get, acrossSums(lanes, loop.sums[t]!)));
  });
  assembler.if(bitsBoth(rowBytes.get, 15), () => {
    turn(loop, outputsHere, (_, value, t) => addRest(loop, value, t, rowBytes));
  });
  for (const { place, start } of inputs) {
    if (place === "full") assembler.emit(start.advance(rowBytes.get));
    if (place === "column") assembler.emit(start.advance(lanes.bytes));
  }
  for (const output of loop.outputs) assembler.emit(output.advance(rowBytes.get));
  for (const total of loop.totals) assembler.emit(total.advance(lanes.bytes));
}

type Take = (loop: Loop, value: Code, total: number) => void;

/** Four vectors, each of which goes into a sum of its own. Short work is written out four times. */
function fours(loop: Loop, outputs: readonly Local[], count: Code): void {
  if (loop.fusion.operations.some(({ name }) => name in elementary)) {
    turns(loop, outputs, count, width, rotate);
    return;
  }
  const { assembler, lanes } = loop;
  const left = assembler.local(valueType.i32);
  assembler.emit(left.set(count));
  assembler.while(left.get, () => {
    for (let i = 0; i < width; i++) {
      const add: Take = ({ sums }, value, total) => {
        const sum = sums[total]![i]!;
        assembler.emit(sum.set(lanes.add(sum.get, value)));
      };
      vector(loop, outputs, 16 * i, add);
    }
    advance(loop, outputs, 16 * width);
    assembler.emit(left.set(minus(left.get, 1)));
  });
}

/** So many times so many turns. */
function turns(loop: Loop, outputs: readonly Local[], count: Code, each: number, take: Take): void {
  const { assembler } = loop;
  const left = assembler.local(valueType.i32);
  const times = each === 1 ? count : [...count, 0x41, each, 0x6c];
  assembler.emit(left.set(times));
  assembler.while(left.get, () => {
    turn(loop, outputs, take);
    assembler.emit(left.set(minus(left.get, 1)));
  });
}

/** One vector of every operand, and on to the next. */
function turn(loop: Loop, outputs: readonly Local[], take: Take): void {
  vector(loop, outputs, 0, take);
  advance(loop, outputs, 16);
}

/** One vector of every operand, so many bytes ahead, through all operations. */
function vector(loop: Loop, outputs: readonly Local[], ahead: number, take: Take): void {
  const { assembler, lanes, fusion } = loop;
  const values: Code[] = loop.inputs.map(({ place, here, value }) => {
    if (moves(place)) assembler.emit(value.set(lanes.load(here.get, ahead)));
    return value.get;
  });
  lanes.sharing(() => {
    for (const { name, operands } of fusion.operations) {
      const formula: Formula = vectorFormulas[name];
      const result = lanes.keep(formula(lanes, ...operands.map((i) => values[i]!)));
      if (name === "neg") lanes.areOpposite(result, values[operands[0]!]!);
      values.push(result);
    }
  });
  fusion.outputs.forEach((value, i) => {
    assembler.emit(lanes.store(outputs[i]!.get, values[value]!, ahead));
  });
  fusion.totals.forEach((value, t) => {
    take(loop, values[value]!, t);
  });
}

const moves = (place: Place): boolean => place === "full" || place === "row";

function advance({ assembler, inputs }: Loop, outputs: readonly Local[], bytes: number): void {
  for (const output of outputs) assembler.emit(output.advance(bytes));
  for (const { place, here } of inputs) if (moves(place)) assembler.emit(here.advance(bytes));
}

/** Adds to the first sum and moves it to the end of the queue. */
function rotate({ assembler, lanes, sums }: Loop, value: Code, total: number): void {
  const queue = sums[total]!;
  const next = lanes.keep(lanes.add(queue[0]!.get, value));
  for (let i = 0; i + 1 < width; i++) assembler.emit(queue[i]!.set(queue[i + 1]!.get));
  assembler.emit(queue[width - 1]!.set(next));
}

function addToFirst({ assembler, lanes, sums }: Loop, value: Code, total: number): void {
  const first = sums[total]![0]!;
  assembler.emit(first.set(lanes.add(first.get, value)));
}

function acrossSums(lanes: Lanes, sums: readonly Local[]): Code {
  const [a, b, c, d] = sums.map((sum) => sum.get) as [Code, Code, Code, Code];
  const vector = lanes.keep(lanes.add(lanes.keep(lanes.add(a, b)), lanes.keep(lanes.add(c, d))));
  const parts = Array.from({ length: lanes.count }, (_, i) => lanes.lane(vector, i));
  return parts.reduce((all, part) => lanes.joinOne("add", all, part));
}

/** Adds those lanes of the last vector that still belong to the row. */
function addRest(loop: Loop, value: Code, total: number, rowBytes: Local): void {
  const { assembler, lanes, totals } = loop;
  const kept = lanes.keep(value);
  for (let lane = 0; lane + 1 < lanes.count; lane++) {
    const inside = [...plus(lane * lanes.bytes, 0), ...bitsBoth(rowBytes.get, 15), 0x48];
    assembler.if(inside, () => {
      const sum = lanes.joinOne("add", lanes.loadOne(totals[total]!.get), lanes.lane(kept, lane));
      assembler.emit(lanes.storeOne(totals[total]!.get, sum));
    });
  }
}
