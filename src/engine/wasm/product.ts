import { Assembler, i32, isLess, type Local, minus, plus, times } from "./Assembler.ts";
import { type FunctionCode, valueType } from "./encode.ts";
import { type Kind, Lanes } from "./Lanes.ts";

/** How a factor lies in memory: the numbers of a row side by side, or those of a column. */
export type Order = "rows" | "columns";

/** A tile of the result that lives in registers: rows × vectors. */
const tileRows = 4;
const tileVectors = 2;
/** Steps along the inner axis for which the addresses are moved once. */
const unroll = 4;

/**
 * out = a · b for a [rows × inner] and b [inner × columns]:
 * `(out, a, b, rows, columns, inner, aStride, bStride, workspace)`, strides being bytes from one row
 * (column, if the order is "columns") to the next.
 *
 * Columns are taken in panels as wide as a tile. A panel is copied side by side into the workspace
 * (inner × panel) and then met by all rows, four at a time. The panel that may reach past the last column
 * goes first: what it writes there is the start of the next row, which is overwritten later.
 */
export function matrixProduct(
  name: string,
  kind: Kind,
  orderA: Order,
  orderB: Order,
): FunctionCode {
  const assembler = new Assembler(name, new Array(9).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const p = Array.from({ length: 9 }, (_, i) => assembler.parameter(i));
  const m = {
    assembler,
    lanes,
    orderA,
    orderB,
    out: p[0]!,
    a: p[1]!,
    b: p[2]!,
    rows: p[3]!,
    columns: p[4]!,
    inner: p[5]!,
    aStride: p[6]!,
    bStride: p[7]!,
    workspace: p[8]!,
    column: assembler.local(valueType.i32),
  };
  const panel = tileVectors * lanes.count;
  // The last multiple of the panel's width below the number of columns.
  assembler.emit(m.column.set([...minus(m.columns.get, 1), ...i32(-panel), 0x71]));
  assembler.repeat(
    () => {
      pack(m);
      sweep(m);
      assembler.emit(m.column.set(minus(m.column.get, panel)));
    },
    () => [...isLess(m.column.get, 0), 0x45],
  );
  return assembler.finish();
}

interface Product {
  readonly assembler: Assembler;
  readonly lanes: Lanes;
  readonly orderA: Order;
  readonly orderB: Order;
  readonly out: Local;
  readonly a: Local;
  readonly b: Local;
  readonly rows: Local;
  readonly columns: Local;
  readonly inner: Local;
  readonly aStride: Local;
  readonly bStride: Local;
  readonly workspace: Local;
  /** First column of the panel at hand. */
  readonly column: Local;
}

function pack(m: Product): void {
  const [to, from, left] = [0, 1, 2].map(() => m.assembler.local(valueType.i32)) as [
    Local,
    Local,
    Local,
  ];
  if (m.orderB === "columns") packColumns(m, to, from, left);
  else packRows(m, to, from, left);
}

/** Numbers that already lie side by side are copied vector by vector. */
function packRows(m: Product, to: Local, from: Local, left: Local): void {
  const { assembler, lanes } = m;
  assembler.emit(from.set(plus(m.b.get, times(m.column.get, lanes.bytes))));
  assembler.emit([...to.set(m.workspace.get), ...left.set(m.inner.get)]);
  assembler.while(left.get, () => {
    for (let v = 0; v < tileVectors; v++)
      assembler.emit(lanes.store(to.get, lanes.load(from.get, 16 * v), 16 * v));
    assembler.emit([...from.advance(m.bStride.get), ...to.advance(16 * tileVectors)]);
    assembler.emit(left.set(minus(left.get, 1)));
  });
}

/** Columns that lie in memory one after the other are read one by one, as far as there are any. */
function packColumns(m: Product, to: Local, from: Local, left: Local): void {
  const { assembler, lanes } = m;
  const panel = tileVectors * lanes.count;
  const column = assembler.local(valueType.i32);
  for (let c = 0; c < panel; c++) {
    assembler.emit(column.set(plus(m.column.get, c)));
    assembler.if(isLess(column.get, m.columns.get), () => {
      assembler.emit(from.set(plus(m.b.get, times(column.get, m.bStride.get))));
      assembler.emit([...to.set(m.workspace.get), ...left.set(m.inner.get)]);
      assembler.while(left.get, () => {
        assembler.emit(lanes.storeOne(to.get, lanes.loadOne(from.get), c * lanes.bytes));
        assembler.emit([...from.advance(lanes.bytes), ...to.advance(16 * tileVectors)]);
        assembler.emit(left.set(minus(left.get, 1)));
      });
    });
  }
}

/** All rows against the panel in the workspace. */
function sweep(m: Product): void {
  const { assembler, lanes } = m;
  const [left, a, out] = [0, 1, 2].map(() => assembler.local(valueType.i32)) as [
    Local,
    Local,
    Local,
  ];
  const rowBytes = assembler.local(valueType.i32);
  assembler.emit([...left.set(m.rows.get), ...a.set(m.a.get)]);
  assembler.emit(rowBytes.set(times(m.columns.get, lanes.bytes)));
  assembler.emit(out.set(plus(m.out.get, times(m.column.get, lanes.bytes))));
  for (const height of [tileRows, 1]) {
    assembler.while([...isLess(left.get, height), 0x45], () => {
      tile(m, height, a, out, rowBytes);
      const step = m.orderA === "rows" ? times(m.aStride.get, height) : i32(height * lanes.bytes);
      assembler.emit([...a.advance(step), ...out.advance(times(rowBytes.get, height))]);
      assembler.emit(left.set(minus(left.get, height)));
    });
  }
}

function tile(m: Product, height: number, a: Local, out: Local, rowBytes: Local): void {
  const { assembler, lanes } = m;
  const sums = Array.from({ length: height }, () =>
    Array.from({ length: tileVectors }, () => assembler.local(valueType.v128)),
  );
  for (const sum of sums.flat()) assembler.emit(sum.set(lanes.constant(0)));
  const [panel, left] = [assembler.local(valueType.i32), assembler.local(valueType.i32)];
  assembler.emit([...panel.set(m.workspace.get), ...left.set(m.inner.get)]);
  const heads = rowHeads(m, height, a);
  assembler.while(isLess(0, left.get), () => {
    for (let k = 0; k < unroll; k++) {
      // The look at the end also keeps V8 from loading for all steps at once, which overflows the registers.
      if (k > 0) assembler.leave(isLess(left.get, k + 1));
      step(m, sums, heads, panel, k);
    }
    if (m.orderA === "rows")
      for (const head of heads) assembler.emit(head.advance(unroll * lanes.bytes));
    assembler.emit(panel.advance(16 * tileVectors * unroll));
    assembler.emit(left.set(minus(left.get, unroll)));
  });
  const to = assembler.local(valueType.i32);
  assembler.emit(to.set(out.get));
  sums.forEach((row) => {
    row.forEach((sum, v) => {
      assembler.emit(lanes.store(to.get, sum.get, 16 * v));
    });
    assembler.emit(to.advance(rowBytes.get));
  });
}

/** Where each row of the tile starts in a; one address serves all if the numbers of a column lie side by side. */
function rowHeads(m: Product, height: number, a: Local): Local[] {
  const heads: Local[] = [];
  for (let r = 0; r < (m.orderA === "rows" ? height : 1); r++) {
    const head = m.assembler.local(valueType.i32);
    m.assembler.emit(head.set(r === 0 ? a.get : plus(heads[r - 1]!.get, m.aStride.get)));
    heads.push(head);
  }
  return heads;
}

/** sums += a[:, k] · b[k, :] for the k-th step of an unrolled turn. */
function step(
  m: Product,
  sums: readonly (readonly Local[])[],
  heads: readonly Local[],
  panel: Local,
  k: number,
) {
  const { assembler, lanes } = m;
  const b = Array.from({ length: tileVectors }, (_, v) =>
    lanes.keep(lanes.load(panel.get, 16 * (tileVectors * k + v))),
  );
  sums.forEach((row, r) => {
    const factor =
      m.orderA === "rows"
        ? lanes.loadSplat(heads[r]!.get, k * lanes.bytes)
        : lanes.loadSplat(heads[0]!.get, r * lanes.bytes);
    const a = lanes.keep(factor);
    row.forEach((sum, v) => {
      assembler.emit(sum.set(lanes.add(sum.get, lanes.mul(a, b[v]!))));
    });
  });
  if (m.orderA === "columns") assembler.emit(heads[0]!.advance(m.aStride.get));
}
