export { notingProgress } from "./notingProgress.ts";
export { progressName, readProgress } from "./progressFile.ts";
