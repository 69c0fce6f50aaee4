/** What `display` may be told about one output. */
export interface DisplayOptions {
  /** A name under which `display.update` finds the output again. */
  readonly id?: string;
}

/**
 * Shows a value as an output of the cell, in the richest form that the front end knows.
 *
 * @example
 * display([{ optimizer: "Adam", loss: 0.02 }]);
 */
export declare function display(value: unknown, options?: DisplayOptions): void;

export declare namespace display {
  /**
   * Shows a piece of HTML: its text, or the bytes of a file.
   *
   * @example
   * display.html("<b>Done.</b>");
   */
  function html(text: string | Uint8Array, options?: DisplayOptions): void;
  /**
   * Shows text with Markdown marks and formulas, or the bytes of such a file.
   *
   * @example
   * display.markdown("The loss is $w^2$.");
   */
  function markdown(text: string | Uint8Array, options?: DisplayOptions): void;
  /**
   * Shows a formula.
   *
   * @example
   * display.latex("$$\\frac{1}{n} \\sum_i r_i^2$$");
   */
  function latex(text: string | Uint8Array, options?: DisplayOptions): void;
  /**
   * Shows plain data as a tree to open and close.
   *
   * @example
   * display.json({ w: [1, 2], b: 0 });
   */
  function json(value: unknown, options?: DisplayOptions): void;
  /**
   * Shows a drawing in SVG: its text, or the bytes of a file.
   *
   * @example
   * display.svg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>');
   */
  function svg(text: string | Uint8Array, options?: DisplayOptions): void;
  /**
   * Shows a picture: PNG bytes, or their base 64.
   *
   * @example
   * display.png(readFileSync("plot.png"));
   */
  function png(bytes: Uint8Array | string, options?: DisplayOptions): void;
  /**
   * Replaces what was displayed under this id, wherever it stands.
   *
   * @example
   * display("starting", { id: "state" });
   * display.update("state", "done");
   */
  function update(id: string, value: unknown): void;
  /**
   * Takes away the cell's outputs; with `wait`, only when the next one comes.
   *
   * @example
   * display.clear({ wait: true });
   */
  function clear(options?: { readonly wait?: boolean }): void;
}
