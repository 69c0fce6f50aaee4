/** The name of the method by which a value tells a notebook how to show it, which Deno's kernel and anywidget know, too. */
export const jupyterDisplay: symbol = Symbol.for("Jupyter.display");

/** The same value, which a notebook shows in these forms, by MIME type. */
export const shownAs = <Value extends object>(
  value: Value,
  bundle: () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
): Value => Object.defineProperty(value, jupyterDisplay, { value: bundle });
