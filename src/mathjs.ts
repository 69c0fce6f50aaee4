type Mathjs = typeof import("mathjs");

/**
 * mathjs, loaded when it is first needed, and as one file: its thousand modules would take seconds.
 * A loader of CommonJS hands the whole over as `default`.
 */
export async function mathjs(): Promise<Mathjs> {
  // @ts-expect-error The single file holds the same as the package, but no types lie beside it.
  const loaded: Mathjs & { readonly default?: Mathjs } = await import("mathjs/lib/browser/math.js");
  return loaded.default ?? loaded;
}
