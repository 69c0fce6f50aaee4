export type { Ask, CellOutput, Picture, Publish } from "./cellOutput.ts";
export { type Entry, find, type Question } from "./History.ts";
export { type Outcome, Session } from "./Session.ts";
