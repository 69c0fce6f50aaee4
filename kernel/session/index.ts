export type { Ask, CellOutput, Picture, Publish } from "./cellOutput.ts";
export type { Compiled } from "./compiling.ts";
export { type Entry, find, type Question } from "./History.ts";
export { type HistoryFiles, historyFiles, historyFolder } from "./HistoryFiles.ts";
export type { CellSource, Follower } from "./Inspector.ts";
export { interrupted, lostOutput, type Outcome } from "./Outcome.ts";
export { Session } from "./Session.ts";
export type { Turn } from "./Turn.ts";
export { bold } from "./traceback.ts";
