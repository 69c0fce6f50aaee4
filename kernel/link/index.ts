export {
  frame,
  frameReader,
  lossyFrameReader,
  newSeal,
  readFrame,
  type Seal,
  sealedFrameReader,
} from "./frames.ts";
export type {
  Agreed,
  Bundle,
  CommStep,
  Failure,
  FromControl,
  FromUser,
  Question,
  ToControl,
  ToUser,
} from "./messages.ts";
