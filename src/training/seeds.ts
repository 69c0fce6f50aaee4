/** What chance is needed for: two draws of one run must not share their numbers. */
type Purpose = "order" | "dropout";

const purposes: Record<Purpose, number> = { order: 0, dropout: 1 };

/**
 * The seed of the n-th draw. It depends on nothing but the run's seed and n, so that a resumed run
 * draws what the uninterrupted one would have.
 */
export function seedOf(seed: number, purpose: Purpose, n: number): number {
  const turn = Math.floor(n / 2 ** 20);
  // Knuth's multiplicative hash: runs of neighbouring seeds have nothing in common.
  const spread = Math.imul(seed + turn + 1, 0x9e3779b1) >>> 0;
  return (2 * spread + purposes[purpose]) * 2 ** 20 + (n % 2 ** 20);
}
