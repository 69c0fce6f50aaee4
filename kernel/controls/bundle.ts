import { jupyterDisplay } from "../jupyterDisplay.ts";

/** How a value is shown, by MIME type: as it says itself, or as the notebook shows its kind. */
export async function bundleOf(value: unknown): Promise<unknown> {
  const own = (value as { [jupyterDisplay]?: unknown } | null | undefined)?.[jupyterDisplay];
  if (typeof own === "function") return own.call(value);
  const { show } = await import("../display/index.ts");
  return (await show(value)).data;
}
