import { type Table, tableOf } from "./Table.ts";

/** A table that says what its columns are, and what is to be predicted from them. */
export interface MeasuredTable extends Table {
  /** What each column of x measures, with its unit. */
  readonly features: readonly string[];
  /** What y measures, with its unit. */
  readonly target: string;
}

/**
 * Mean temperatures of 366 days in three cities of the United States, from October 2011 on: how warm is it
 * in Austin, knowing the day and how warm it is in New York and San Francisco? By the day alone it is a
 * curve and no line; the columns have different scales, so that gradient descent on them as they are
 * is slow. Loaded when first asked for, from a package and not from the network.
 *
 * @example
 * (await datasets.temperatures()).x.shape    // → [366, 3]
 * (await datasets.temperatures()).features   // → ["day", "New York (°F)", "San Francisco (°F)"]
 * (await datasets.temperatures()).target     // → "Austin (°F)"
 * @see Weather Underground, as collected in M. Bostock, “Multi-series line chart”, 2012, https://observablehq.com/@d3/multi-line-chart
 */
export async function temperatures(): Promise<MeasuredTable> {
  const { cityTemperature } = await import("@visx/mock-data");
  const rows = cityTemperature.map((row, day) => [
    day,
    Number(row["New York"]),
    Number(row["San Francisco"]),
  ]);
  return {
    ...tableOf(
      rows,
      cityTemperature.map(({ Austin }) => Number(Austin)),
    ),
    features: ["day", "New York (°F)", "San Francisco (°F)"],
    target: "Austin (°F)",
  };
}
