/** What `progress` may be told. */
export interface ProgressOptions {
  /** What goes on, in a word or two. */
  readonly label?: string;
  /** How many items there will be, where the items do not say so themselves. */
  readonly total?: number;
}

/**
 * Goes through the items and shows in one line how far it is: how many of how many, and how long
 * the rest may take. A loop within a loop takes the same line again each time, if its label is the same.
 *
 * @example
 * for (const seed of progress([1, 2, 3], { label: "seeds" })) console.log(seed);
 */
export declare function progress<Item>(
  items: Iterable<Item>,
  options?: ProgressOptions,
): Iterable<Item>;
export declare function progress<Item>(
  items: AsyncIterable<Item>,
  options?: ProgressOptions,
): AsyncIterable<Item>;
