export { type Copied, copyLessons } from "./copyLessons.ts";
