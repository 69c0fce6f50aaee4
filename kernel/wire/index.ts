export { type Channel, type Connection, readConnection } from "./Connection.ts";
export { freeConnection } from "./freeConnection.ts";
export {
  type Content,
  decode,
  encode,
  type Header,
  type Message,
  protocolVersion,
  WireError,
} from "./Message.ts";
export { type Client, openClient } from "./openClient.ts";
export { practiseMessages } from "./practise.ts";
export { openSockets, type Receivers, type Sockets } from "./Sockets.ts";
export { signer } from "./signature.ts";
