import { Assembler, isLess, type Local, minus, plus } from "./Assembler.ts";
import { type Code, type FunctionCode, valueType } from "./encode.ts";
import { type Kind, Lanes } from "./Lanes.ts";

export type Join = "add" | "min" | "max";

const neutral: Record<Join, number> = { add: 0, min: Infinity, max: -Infinity };

/** Vectors that are folded side by side, so that no addition waits for the one before. */
const width = 4;

/**
 * `(out, x, rows, length)`: folds every row of `length` numbers into one.
 * With two factors `(out, x, y, rows, length)`: the same with the products of x and y.
 */
export function foldRows(name: string, kind: Kind, join: Join, factors: 1 | 2 = 1): FunctionCode {
  const assembler = new Assembler(name, new Array(3 + factors).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const parameters = Array.from({ length: 3 + factors }, (_, i) => assembler.parameter(i));
  const [out, rows, length] = [parameters[0]!, parameters.at(-2)!, parameters.at(-1)!];
  const from = parameters.slice(1, 1 + factors);
  const left = assembler.local(valueType.i32);
  const sums = Array.from({ length: width }, () => assembler.local(valueType.v128));
  const start = lanes.constant(neutral[join]);
  const read = (offset: number) =>
    from.map((x) => lanes.load(x.get, offset)).reduce((x, y) => lanes.mul(x, y));
  const fold = (into: Local, offset: number) =>
    assembler.emit(into.set(lanes[join](into.get, read(offset))));
  const eat = (vectors: number) => {
    const numbers = vectors * lanes.count;
    assembler.while([...isLess(left.get, numbers), 0x45], () => {
      for (let i = 0; i < vectors; i++) fold(sums[i]!, 16 * i);
      for (const x of from) assembler.emit(x.advance(16 * vectors));
      assembler.emit(left.set(minus(left.get, numbers)));
    });
  };
  assembler.while(rows.get, () => {
    assembler.emit(left.set(length.get));
    for (const sum of sums) assembler.emit(sum.set(start));
    eat(width);
    eat(1);
    const total = joined(
      lanes,
      join,
      sums.map((sum) => sum.get),
    );
    assembler.emit(lanes.storeOne(out.get, acrossLanes(lanes, join, total)));
    foldRest(lanes, join, out, from, left);
    assembler.emit([...out.advance(lanes.bytes), ...rows.set(minus(rows.get, 1))]);
  });
  return assembler.finish();
}

/** The numbers at the end of a row that do not fill a vector. */
function foldRest(lanes: Lanes, join: Join, out: Local, from: readonly Local[], left: Local): void {
  const { assembler } = lanes;
  const one = from.map((x) => lanes.loadOne(x.get)).reduce((x, y) => lanes.joinOne("mul", x, y));
  assembler.while(left.get, () => {
    assembler.emit(lanes.storeOne(out.get, lanes.joinOne(join, lanes.loadOne(out.get), one)));
    for (const x of from) assembler.emit(x.advance(lanes.bytes));
    assembler.emit(left.set(minus(left.get, 1)));
  });
}

/** Pairs first: (a + b) + (c + d). */
function joined(lanes: Lanes, join: Join, parts: readonly Code[]): Code {
  if (parts.length === 1) return parts[0]!;
  const half = parts.length / 2;
  return lanes.keep(
    lanes[join](joined(lanes, join, parts.slice(0, half)), joined(lanes, join, parts.slice(half))),
  );
}

function acrossLanes(lanes: Lanes, join: Join, vector: Code): Code {
  const parts = Array.from({ length: lanes.count }, (_, i) => lanes.lane(vector, i));
  return parts.reduce((all, part) => lanes.joinOne(join, all, part));
}

/**
 * `(out, x, length, rowBytes)`: folds `length` rows into one row, column by column.
 * Like elementwise functions it may touch up to a vector past the end.
 */
export function foldColumns(name: string, kind: Kind, join: Join): FunctionCode {
  const assembler = new Assembler(name, [
    valueType.i32,
    valueType.i32,
    valueType.i32,
    valueType.i32,
  ]);
  const lanes = new Lanes(kind, assembler);
  const [out, x, length, rowBytes] = [0, 1, 2, 3].map((i) => assembler.parameter(i)) as [
    Local,
    Local,
    Local,
    Local,
  ];
  const [left, here, last] = [0, 1, 2].map(() => assembler.local(valueType.i32)) as [
    Local,
    Local,
    Local,
  ];
  const sums = Array.from({ length: width }, () => assembler.local(valueType.v128));
  const strip = (vectors: number) => {
    for (let i = 0; i < vectors; i++) assembler.emit(sums[i]!.set(lanes.constant(neutral[join])));
    assembler.emit([...here.set(x.get), ...left.set(length.get)]);
    assembler.while(left.get, () => {
      for (let i = 0; i < vectors; i++)
        assembler.emit(sums[i]!.set(lanes[join](sums[i]!.get, lanes.load(here.get, 16 * i))));
      assembler.emit([...here.advance(rowBytes.get), ...left.set(minus(left.get, 1))]);
    });
    for (let i = 0; i < vectors; i++) assembler.emit(lanes.store(out.get, sums[i]!.get, 16 * i));
    assembler.emit([...out.advance(16 * vectors), ...x.advance(16 * vectors)]);
  };
  assembler.emit(last.set(plus(out.get, rowBytes.get)));
  assembler.while([...isLess(last.get, plus(out.get, 16 * width)), 0x45], () => strip(width));
  assembler.while(isLess(out.get, last.get), () => strip(1));
  return assembler.finish();
}
