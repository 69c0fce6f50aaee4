export { exportNotebook, type PageOptions } from "./exportNotebook.ts";
export { exportNotebooks } from "./exportNotebooks.ts";
