export { type Cell, type Notebook, readNotebook } from "./notebook.ts";
export { runNotebooks } from "./runNotebooks.ts";
