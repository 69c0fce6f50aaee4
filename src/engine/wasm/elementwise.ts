import { Assembler, isLess, type Local, minus, plus } from "./Assembler.ts";
import { type Code, type FunctionCode, valueType } from "./encode.ts";
import { type Kind, Lanes } from "./Lanes.ts";

/** Whether an operand has a number for every entry of a row, or a single one for the whole row. */
export type Reach = "each" | "single";

/** What one entry of the result is, given one entry of each operand. */
export type Formula = (lanes: Lanes, ...operands: Code[]) => Code;

/**
 * The function that applies a formula row by row:
 * `(out, x₁ … xₙ, rowBytes, rows, stride₁ … strideₙ)`, strides being the bytes from one row of an operand
 * to its next: 0 repeats a row.
 *
 * A row whose length does not fill whole vectors writes a little past its end. That is harmless because
 * the next row, written later, starts there, and because memory keeps some slack behind every tensor.
 */
export function elementwise(
  name: string,
  kind: Kind,
  reaches: readonly Reach[],
  formula: Formula,
): FunctionCode {
  const count = reaches.length;
  const assembler = new Assembler(name, new Array(2 * count + 3).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const parameter = (index: number) => assembler.parameter(index);
  const out = parameter(0);
  const [rowBytes, rows] = [parameter(count + 1), parameter(count + 2)];
  const operands = reaches.map((reach, i) => ({
    reach,
    start: parameter(1 + i),
    stride: parameter(count + 3 + i),
    here: assembler.local(valueType.i32),
    value: assembler.local(valueType.v128),
  }));
  const [end, cursor] = [assembler.local(valueType.i32), assembler.local(valueType.i32)];
  assembler.emit(cursor.set(out.get));
  assembler.repeat(
    () => {
      assembler.emit(cursor.set(out.get));
      assembler.emit(end.set(plus(out.get, rowBytes.get)));
      for (const { reach, start, here, value } of operands) {
        if (reach === "single") assembler.emit(value.set(lanes.loadSplat(start.get)));
        else assembler.emit(here.set(start.get));
      }
      row(assembler, lanes, operands, cursor, end, formula);
      assembler.emit(out.set(end.get));
      for (const { start, stride } of operands) assembler.emit(start.advance(stride.get));
      assembler.emit(rows.set(minus(rows.get, 1)));
    },
    () => rows.get,
  );
  return assembler.finish();
}

interface Operand {
  readonly reach: Reach;
  readonly here: Local;
  readonly value: Local;
}

function row(
  assembler: Assembler,
  lanes: Lanes,
  operands: readonly Operand[],
  cursor: Local,
  end: Local,
  formula: Formula,
): void {
  assembler.repeat(
    () => {
      for (const { reach, here, value } of operands)
        if (reach === "each") assembler.emit(value.set(lanes.load(here.get)));
      const result = formula(lanes, ...operands.map(({ value }) => value.get));
      assembler.emit(lanes.store(cursor.get, result));
      for (const { reach, here } of operands)
        if (reach === "each") assembler.emit(here.advance(16));
      assembler.emit(cursor.advance(16));
    },
    () => isLess(cursor.get, end.get),
  );
}
