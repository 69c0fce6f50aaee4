/** The name of the method by which a value says how it is shown. */
export const symbol = Symbol.for("Jupyter.display");

/** How a value is shown, by MIME type: as it says itself, or as the notebook shows its kind. */
export async function bundleOf(value: unknown): Promise<unknown> {
  const own = (value as { [symbol]?: unknown } | null | undefined)?.[symbol];
  if (typeof own === "function") return own.call(value);
  const { show } = await import("../display/index.ts");
  return (await show(value)).data;
}
