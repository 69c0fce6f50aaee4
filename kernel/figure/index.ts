export { byKeyboard, type Drawn } from "./byKeyboard.ts";
export { inTheDark } from "./inTheDark.ts";
export type { Plotly } from "./Plotly.ts";
export { safeFigure, spokenText } from "./safeFigure.ts";
