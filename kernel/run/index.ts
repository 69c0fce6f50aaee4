export { type Cell, type Notebook, type Output, readNotebook, sourceOf } from "./notebook.ts";
export { runNotebooks } from "./runNotebooks.ts";
export { warmUp } from "./warmUp.ts";
