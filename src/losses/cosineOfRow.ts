import {
  lostByProduct,
  lostBySum,
  minus,
  over,
  plus,
  root,
  rounded,
  type Twice,
  tidy,
  times,
} from "./twice.ts";

/** 1 − cos of the angle between two rows, to the last digit also where it is as small as can be. */
export function angleOfRow(z: readonly number[], t: readonly number[]): number {
  const { left, right, zz, tt, zt } = comparable(z, t);
  const cos = over(zt, root(times(zz, tt)));
  if (cos[0] < 0.5) return rounded(minus(one, cos));
  // 1 − cos = sin² / (1 + cos), where |z|·sin is as long as what of z stands at a right angle to t.
  const along = over(zt, tt);
  const apart = left.map((x, i) => minus([x, 0], times(along, [right[i]!, 0])));
  const square = apart.reduce((sum, x) => plus(sum, times(x, x)), zero);
  return rounded(over(square, times(zz, plus(one, cos))));
}

/** (cos · a − b) / |z| with the directions a of z and b of t: −1/(|z||t|) times what of t is at a right angle to z. */
export function slopeOfRow(z: readonly number[], t: readonly number[]): number[] {
  const { left, right, scale, zz, tt, zt } = comparable(z, t);
  const lead = left.reduce((best, x, i) => (Math.abs(x) > Math.abs(left[best]!) ? i : best), 0);
  const lengths = times(zz, root(times(zz, tt)));
  // In that of the lead both sums are without its own term, which would cancel.
  const withoutLead = (row: readonly number[]) => row.filter((_, i) => i !== lead);
  const others = productsOfRow(withoutLead(left), withoutLead(right), 0, left.length - 1);
  return left.map((x, i) => {
    const sums = i === lead ? others : { zz, zt };
    const across = minus(times(sums.zt, [x, 0]), times(sums.zz, [right[i]!, 0]));
    return rounded(over(across, lengths)) / scale;
  });
}

/** z·z, t·t and z·t of a row of each, with twice the digits. */
export function productsOfRow(
  z: ArrayLike<number>,
  t: ArrayLike<number>,
  from: number,
  width: number,
): { readonly zz: Twice; readonly tt: Twice; readonly zt: Twice } {
  return {
    zz: productOfRow(z, z, from, width),
    tt: productOfRow(t, t, from, width),
    zt: productOfRow(z, t, from, width),
  };
}

function productOfRow(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  from: number,
  width: number,
): Twice {
  let high = 0;
  let low = 0;
  for (let i = from; i < from + width; i++) {
    const product = left[i]! * right[i]!;
    const sum = high + product;
    low += lostBySum(high, product, sum) + lostByProduct(left[i]!, right[i]!, product);
    high = sum;
  }
  return tidy(high, low);
}

const zero: Twice = [0, 0];
const one: Twice = [1, 0];

/** Two rows made comparable by powers of two, so that no square overflows, and their products. */
function comparable(z: readonly number[], t: readonly number[]) {
  const [{ numbers: left, scale }, { numbers: right }] = [scaled(z), scaled(t)];
  return { left, right, scale, ...productsOfRow(left, right, 0, left.length) };
}

function scaled(row: readonly number[]) {
  const scale = 2 ** Math.floor(Math.log2(Math.max(...row.map(Math.abs))));
  return { numbers: row.map((x) => x / scale), scale };
}
