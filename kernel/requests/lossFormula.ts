import { jupyterDisplay } from "../jupyterDisplay.ts";

type Shown = { readonly [jupyterDisplay]?: () => Promise<Readonly<Record<string, string>>> };

/**
 * The formula in TeX of a loss of the library whose documentation this is: the loss itself knows it.
 * The library is loaded only for what says of itself that it makes a loss.
 */
export async function lossFormula(
  library: () => Promise<object>,
  name: string,
  documentation: string,
): Promise<string | undefined> {
  if (!/\): (?:Row)?Loss\b/.test(documentation)) return undefined;
  const make = ((await library()) as Readonly<Record<string, unknown>>)[name];
  // Those that cannot be made without settings have no formula of their own.
  if (typeof make !== "function" || make.length > 0) return undefined;
  const loss = make() as Shown;
  const shown = await loss[jupyterDisplay]?.();
  return /\$\$[^$]+\$\$/.exec(shown?.["text/markdown"] ?? "")?.[0];
}
