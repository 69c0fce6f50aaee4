/**
 * The part of plotly's figure format that we write. A front end may draw with any plotly from 2.35
 * on, so an attribute that came later has no place here; further attributes pass through as they are.
 */
export interface Title {
  readonly text: string;
  readonly [attribute: string]: unknown;
}

export interface Axis {
  readonly title?: Title;
  readonly type?: "-" | "linear" | "log" | "category";
  /** Two ends; on a log axis their powers of ten. */
  readonly range?: readonly [number, number];
  /** The share of the drawing's width or height, between 0 and 1. */
  readonly domain?: readonly [number, number];
  readonly [attribute: string]: unknown;
}

export interface Trace {
  readonly type: "scatter" | "bar" | "box" | "heatmap" | "surface" | "scatter3d";
  readonly name?: string;
  readonly x?: readonly unknown[];
  readonly y?: readonly unknown[];
  readonly z?: readonly unknown[];
  readonly visible?: boolean;
  readonly [attribute: string]: unknown;
}

export interface Layout {
  readonly title?: Title;
  readonly xaxis?: Axis;
  readonly yaxis?: Axis;
  readonly shapes?: readonly Attributes[];
  readonly annotations?: readonly Attributes[];
  /** Pixels; without a width the figure fills its cell. */
  readonly width?: number;
  readonly height?: number;
  readonly showlegend?: boolean;
  readonly meta?: { readonly alt: string };
  readonly [attribute: string]: unknown;
}

/** One picture of an animation: what changes, and in which traces. */
export interface Frame {
  readonly name: string;
  readonly data: readonly Attributes[];
  readonly traces: readonly number[];
}

/** Settings of the drawing program; ours never offer to send data anywhere. */
export interface Config {
  readonly responsive: boolean;
  readonly displaylogo: boolean;
  readonly showSendToCloud: boolean;
  readonly [attribute: string]: unknown;
}

export type Attributes = { readonly [attribute: string]: unknown };
