import type { Plotly } from "../figure/index.ts";
import { extensionFolder } from "./federation/container.ts";

/** The file name of our plotly bundle, which the build puts beside this code. */
declare const PLOTLY_FILE: string;

let plotly: Promise<Plotly> | undefined;

/** Plotly is two megabytes, so it is fetched (from the Jupyter server itself) when somebody wants it. */
export function loadPlotly(): Promise<Plotly> {
  plotly ??= import(extensionFolder + PLOTLY_FILE).then(
    (bundle: { readonly default: Plotly }) => bundle.default,
  );
  return plotly;
}
