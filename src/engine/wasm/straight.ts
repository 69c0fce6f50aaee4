import { Assembler, type Local, minus } from "./Assembler.ts";
import type { Formula } from "./elementwise.ts";
import { type Code, type FunctionCode, valueType } from "./encode.ts";
import { type VectorName, vectorFormulas } from "./formulas.ts";
import { type Kind, Lanes } from "./Lanes.ts";

/** An operation on short lists: values are counted, first those that are given, then one for each operation. */
export interface Line {
  /** A formula entry by entry, where a “single” operand serves all entries; or the sum of all entries. */
  readonly does: { readonly name: VectorName; readonly singles: readonly boolean[] } | "total";
  readonly operands: readonly number[];
  /** Numbers in the result. */
  readonly size: number;
}

/** A program on short lists, all of which fit into registers. */
export interface Straight {
  /** Sizes of the values that are given. */
  readonly given: readonly number[];
  readonly lines: readonly Line[];
  /** After each turn, given value `to` becomes value `from`. */
  readonly feeds: readonly { readonly to: number; readonly from: number }[];
}

/**
 * `(given…, count)`: loads the given values, runs the lines so many times without touching memory, and stores
 * the given values that were fed.
 */
export function straight(name: string, kind: Kind, program: Straight): FunctionCode {
  const count = program.given.length;
  const assembler = new Assembler(name, new Array(count + 1).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const left = assembler.parameter(count);
  const given = program.given.map((size, i) => loaded(lanes, assembler.parameter(i), size));
  assembler.while(left.get, () => {
    const values: Code[][] = given.map((vectors) => vectors.map((vector) => vector.get));
    const sizes = [...program.given];
    for (const line of program.lines) {
      values.push(lineOf(lanes, line, values, sizes));
      sizes.push(line.size);
    }
    // All are read before any is written.
    const fed = program.feeds.map(({ from }) => values[from]!.map((code) => lanes.keep(code)));
    program.feeds.forEach(({ to }, f) => {
      given[to]!.forEach((vector, v) => {
        assembler.emit(vector.set(fed[f]![v]!));
      });
    });
    assembler.emit(left.set(minus(left.get, 1)));
  });
  for (const { to } of program.feeds)
    given[to]!.forEach((vector, v) => {
      assembler.emit(lanes.store(assembler.parameter(to).get, vector.get, 16 * v));
    });
  return assembler.finish();
}

function loaded(lanes: Lanes, from: Local, size: number): Local[] {
  return Array.from({ length: Math.ceil(size / lanes.count) }, (_, v) => {
    const vector = lanes.assembler.local(valueType.v128);
    lanes.assembler.emit(vector.set(lanes.load(from.get, 16 * v)));
    return vector;
  });
}

function lineOf(
  lanes: Lanes,
  line: Line,
  values: readonly Code[][],
  sizes: readonly number[],
): Code[] {
  const { does, operands, size } = line;
  if (does === "total") return [total(lanes, values[operands[0]!]!, sizes[operands[0]!]!)];
  const formula: Formula = vectorFormulas[does.name];
  const spread = operands.map((operand, i) =>
    does.singles[i] ? lanes.keep(lanes.splat(lanes.lane(values[operand]![0]!, 0))) : undefined,
  );
  return Array.from({ length: Math.ceil(size / lanes.count) }, (_, v) =>
    lanes.keep(formula(lanes, ...operands.map((operand, i) => spread[i] ?? values[operand]![v]!))),
  );
}

/** In the order in which foldRows adds up a short row: whole vectors, then their lanes, then the rest. */
function total(lanes: Lanes, vectors: readonly Code[], size: number): Code {
  const whole = Math.floor(size / lanes.count);
  let sum = lanes.constant(0);
  for (const vector of vectors.slice(0, whole)) sum = lanes.keep(lanes.add(sum, vector));
  const parts = Array.from({ length: lanes.count }, (_, lane) => lanes.lane(sum, lane));
  for (let lane = 0; lane < size - whole * lanes.count; lane++)
    parts.push(lanes.lane(vectors[whole]!, lane));
  return lanes.keep(lanes.splat(parts.reduce((all, part) => lanes.joinOne("add", all, part))));
}
