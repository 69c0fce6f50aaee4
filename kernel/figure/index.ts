export { inTheDark } from "./inTheDark.ts";
export type { Plotly, PlotlyFigure } from "./Plotly.ts";
export { safeFigure, spokenText } from "./safeFigure.ts";
