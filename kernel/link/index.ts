export { frame, frameReader, newSeal, sealedFrameReader } from "./frames.ts";
export type {
  Bundle,
  CommStep,
  Failure,
  FromControl,
  FromUser,
  ToControl,
  ToUser,
} from "./messages.ts";
