export { frame, frameReader, newSeal, readFrame, type Seal, sealedFrameReader } from "./frames.ts";
export type {
  Bundle,
  CommStep,
  Failure,
  FromControl,
  FromUser,
  Question,
  ToControl,
  ToUser,
} from "./messages.ts";
