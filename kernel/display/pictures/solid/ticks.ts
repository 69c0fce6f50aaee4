import type { Part } from "../figures.ts";

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

/** A number on an axis or beside a colour bar, and its words. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** The ticks that an axis or a colour bar names itself, as far as they are in its range; undefined when it names none. */
export function ownTicks(
  { tickvals, ticktext }: Part,
  low: number,
  high: number,
): readonly Tick[] | undefined {
  if (!Array.isArray(tickvals)) return undefined;
  const texts: unknown[] = Array.isArray(ticktext) ? ticktext : [];
  return tickvals
    .map((value: number, index) => ({ value, text: String(texts[index] ?? tickText(value)) }))
    .filter(({ value }) => value >= low && value <= high);
}

/** A number as plotly labels it: with a real minus sign. */
export function tickText(value: number): string {
  return String(value).replace("-", "−");
}
