/** About `wanted` round numbers between two values. */
export function roundTicks(low: number, high: number, wanted = 5): number[] {
  const rough = (high - low) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = rough / power;
  const step = (digit < 1.5 ? 1 : digit < 3 ? 2 : digit < 7 ? 5 : 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** A number as plotly labels it: with a real minus sign. */
export function tickText(value: number): string {
  return String(value).replace("-", "−");
}
