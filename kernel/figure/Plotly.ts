/** What our pages use of plotly.js; 3.7 ships no types of its own. */
export interface Plotly {
  react(node: HTMLElement, figure: PlotlyFigure): Promise<unknown>;
  restyle(node: HTMLElement, ...changes: readonly unknown[]): Promise<unknown>;
  relayout(node: HTMLElement, ...changes: readonly unknown[]): Promise<unknown>;
  update(node: HTMLElement, ...changes: readonly unknown[]): Promise<unknown>;
  animate(node: HTMLElement, ...frames: readonly unknown[]): Promise<unknown>;
  toImage(figure: PlotlyFigure, options: PictureOptions): Promise<string>;
  purge(node: HTMLElement): void;
  readonly Plots: { resize(node: HTMLElement): Promise<unknown> };
}

/** A figure as it travels in `application/vnd.plotly.v1+json`. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyPart[];
  readonly layout: PlotlyPart;
  readonly config?: PlotlyPart;
  readonly frames?: readonly PlotlyPart[];
}

/** Any object inside a figure: a trace, the layout, an axis, … */
export type PlotlyPart = { readonly [attribute: string]: unknown };

interface PictureOptions {
  readonly format: "png";
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the page. */
  readonly scale: number;
}

/** Whether a figure part is an object with attributes, not a list or a plain value. */
export function isPart(value: unknown): value is PlotlyPart {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
