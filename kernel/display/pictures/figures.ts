/** An object inside a figure: a trace, the layout, an axis. */
export type Part = { readonly [attribute: string]: unknown };

/** A figure as plain plotly JSON. */
export interface PlotlyFigure {
  readonly data: readonly Part[];
  readonly layout: Part;
  readonly config?: Part;
}

const usualSize = { width: 700, height: 450 };

/** @throws TypeError when the value is no plotly figure. */
export function asFigure(value: unknown): PlotlyFigure {
  const { data, layout } = (value ?? {}) as { data?: unknown; layout?: unknown };
  if (!Array.isArray(data))
    throw new TypeError(
      "A picture needs a plotly figure with a list `data`, but got something else.",
    );
  return { data, layout: (layout ?? {}) as Part };
}

/** The figure as a picture needs it: of fixed size, and with nothing to press in it. */
export function pictured({ data, layout }: PlotlyFigure): PlotlyFigure & { layout: Sized } {
  const { width, height, updatemenus, sliders, ...rest } = layout;
  return {
    data,
    layout: {
      ...rest,
      width: typeof width === "number" ? width : usualSize.width,
      height: typeof height === "number" ? height : usualSize.height,
    },
  };
}

export type Sized = Part & { readonly width: number; readonly height: number };

/** Whether it has a trace that plotly would draw with WebGL. */
export function isSolid({ data }: PlotlyFigure): boolean {
  return data.some(({ type }) => /^(surface|scatter3d|mesh3d)$/.test(String(type)));
}
