export { frame, frameReader } from "./frames.ts";
export type { Bundle, Failure, FromControl, FromUser, ToControl, ToUser } from "./messages.ts";
