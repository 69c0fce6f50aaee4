export { copyLessons } from "./copyLessons.ts";
