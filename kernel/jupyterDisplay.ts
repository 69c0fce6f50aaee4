/** The name of the method by which a value says how it is shown, as in Deno's kernel and anywidget. */
export const jupyterDisplay = Symbol.for("Jupyter.display");
