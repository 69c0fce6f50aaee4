export { type RunOptions, runNotebooks } from "./runNotebooks.ts";
