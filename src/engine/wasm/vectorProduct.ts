import { Assembler, isLess, type Local, minus, plus, times } from "./Assembler.ts";
import { type FunctionCode, valueType } from "./encode.ts";
import { type Kind, Lanes } from "./Lanes.ts";

/**
 * A matrix times a column, rows side by side in memory: `(out, a, x, rows, inner)`, out[i] = Σ a[i, k] · x[k].
 */
export function rowDots(name: string, kind: Kind): FunctionCode {
  const assembler = new Assembler(name, new Array(5).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const [out, a, x, rows, inner] = [0, 1, 2, 3, 4].map((i) => assembler.parameter(i)) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const rowBytes = assembler.local(valueType.i32);
  assembler.emit(rowBytes.set(times(inner.get, lanes.bytes)));
  for (const height of [4, 1]) {
    assembler.while([...isLess(rows.get, height), 0x45], () => {
      dots(assembler, lanes, height, { out, a, x, inner, rowBytes });
      assembler.emit([
        ...a.advance(times(rowBytes.get, height)),
        ...out.advance(height * lanes.bytes),
      ]);
      assembler.emit(rows.set(minus(rows.get, height)));
    });
  }
  return assembler.finish();
}

interface Rows {
  readonly out: Local;
  readonly a: Local;
  readonly x: Local;
  readonly inner: Local;
  readonly rowBytes: Local;
}

function dots(assembler: Assembler, lanes: Lanes, height: number, rows: Rows): void {
  const sums = Array.from({ length: height }, () => assembler.local(valueType.v128));
  const heads = Array.from({ length: height }, () => assembler.local(valueType.i32));
  const [x, left] = [assembler.local(valueType.i32), assembler.local(valueType.i32)];
  for (const sum of sums) assembler.emit(sum.set(lanes.constant(0)));
  heads.forEach((head, r) => {
    assembler.emit(head.set(r === 0 ? rows.a.get : plus(heads[r - 1]!.get, rows.rowBytes.get)));
  });
  assembler.emit([...x.set(rows.x.get), ...left.set(rows.inner.get)]);
  const advance = (numbers: number) => {
    for (const pointer of [...heads, x]) assembler.emit(pointer.advance(numbers * lanes.bytes));
    assembler.emit(left.set(minus(left.get, numbers)));
  };
  assembler.while([...isLess(left.get, lanes.count), 0x45], () => {
    const factor = lanes.keep(lanes.load(x.get));
    heads.forEach((head, r) => {
      assembler.emit(
        sums[r]!.set(lanes.add(sums[r]!.get, lanes.mul(factor, lanes.load(head.get)))),
      );
    });
    advance(lanes.count);
  });
  sums.forEach((sum, r) => {
    const parts = Array.from({ length: lanes.count }, (_, i) => lanes.lane(sum.get, i));
    const total = parts.reduce((all, part) => lanes.joinOne("add", all, part));
    assembler.emit(lanes.storeOne(rows.out.get, total, r * lanes.bytes));
  });
  assembler.while(left.get, () => {
    heads.forEach((head, r) => {
      const offset = r * lanes.bytes;
      const term = lanes.lane(lanes.mul(lanes.loadSplat(x.get), lanes.loadSplat(head.get)), 0);
      const sum = lanes.joinOne("add", lanes.loadOne(rows.out.get, offset), term);
      assembler.emit(lanes.storeOne(rows.out.get, sum, offset));
    });
    advance(1);
  });
}

/** Vectors of the result that are summed side by side. */
const strip = 5;

/**
 * A row times a matrix: `(out, x, b, columns, inner)`, out[j] = Σ x[k] · b[k, j].
 * Like elementwise functions it may touch up to a vector past the end.
 */
export function rowTimesMatrix(name: string, kind: Kind): FunctionCode {
  const assembler = new Assembler(name, new Array(5).fill(valueType.i32));
  const lanes = new Lanes(kind, assembler);
  const [out, x, b, columns, inner] = [0, 1, 2, 3, 4].map((i) => assembler.parameter(i)) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [rowBytes, last] = [assembler.local(valueType.i32), assembler.local(valueType.i32)];
  assembler.emit(rowBytes.set(times(columns.get, lanes.bytes)));
  assembler.emit(last.set(plus(out.get, rowBytes.get)));
  const columnsOf = (vectors: number) =>
    combine(assembler, lanes, vectors, { out, a: x, x: b, inner, rowBytes });
  assembler.while([...isLess(last.get, plus(out.get, 16 * strip)), 0x45], () => columnsOf(strip));
  assembler.while(isLess(out.get, last.get), () => columnsOf(1));
  return assembler.finish();
}

function combine(assembler: Assembler, lanes: Lanes, vectors: number, m: Rows): void {
  const sums = Array.from({ length: vectors }, () => assembler.local(valueType.v128));
  const [x, b, left] = [0, 1, 2].map(() => assembler.local(valueType.i32)) as [Local, Local, Local];
  for (const sum of sums) assembler.emit(sum.set(lanes.constant(0)));
  assembler.emit([...x.set(m.a.get), ...b.set(m.x.get), ...left.set(m.inner.get)]);
  assembler.while(left.get, () => {
    const factor = lanes.keep(lanes.loadSplat(x.get));
    sums.forEach((sum, v) => {
      assembler.emit(sum.set(lanes.add(sum.get, lanes.mul(factor, lanes.load(b.get, 16 * v)))));
    });
    assembler.emit([...x.advance(lanes.bytes), ...b.advance(m.rowBytes.get)]);
    assembler.emit(left.set(minus(left.get, 1)));
  });
  sums.forEach((sum, v) => {
    assembler.emit(lanes.store(m.out.get, sum.get, 16 * v));
  });
  assembler.emit([...m.out.advance(16 * vectors), ...m.x.advance(16 * vectors)]);
}
