export { runNotebooks } from "./runNotebooks.ts";
