import { type Content, decode, encode, type Header, protocolVersion } from "./Message.ts";
import { signer } from "./signature.ts";
import { framed, greeting, zmtpReader } from "./zmtp.ts";

const key = signer("practice", "hmac-sha256");

const header = (msg_type: string): Header => ({
  msg_id: "0",
  session: "practice",
  username: "kernel",
  date: new Date(0).toISOString(),
  msg_type,
  version: protocolVersion,
});

/** What comes and goes with a cell, by the types of the messages. */
const said: Readonly<Record<string, Content>> = {
  execute_request: { code: "1 + 1", silent: false, store_history: true, allow_stdin: true },
  status: { execution_state: "busy" },
  execute_input: { code: "1 + 1", execution_count: 1 },
  stream: { name: "stdout", text: "two\n" },
  execute_result: { execution_count: 1, data: { "text/plain": "2" }, metadata: {}, transient: {} },
  execute_reply: { status: "ok", execution_count: 1, user_expressions: {}, payload: [] },
};

/** Writes the messages of a cell for nobody, and reads them. */
export function practiseMessages(): void {
  const read = zmtpReader(() => undefined);
  read(Buffer.from(greeting));
  const identities = [Buffer.from("practice")];
  for (const [type, content] of Object.entries(said)) {
    const parts = { header: header(type), parent_header: header("execute_request"), content };
    const frames = encode({ ...parts, identities, metadata: {}, buffers: [] }, key);
    read(framed(frames));
    decode(frames, key);
  }
}
