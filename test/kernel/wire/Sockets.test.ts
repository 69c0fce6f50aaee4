import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Dealer, Request, Subscriber } from "zeromq";
import { address, type Channel } from "../../../kernel/wire/Connection.ts";
import {
  type Connection,
  encode,
  freeConnection,
  type Message,
  openSockets,
  signer,
} from "../../../kernel/wire/index.ts";
import { greeting, ready, zmtpReader } from "../../../kernel/wire/zmtp.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Sockets that are open, what they received, and peers of libzmq that connect to them. */
async function opened(change: Partial<Connection> = {}) {
  const connection = { ...(await freeConnection()), ...change };
  const received: { channel: string; message: Message }[] = [];
  const log: string[] = [];
  const topics: string[] = [];
  const lost: string[] = [];
  const instead: Message[] = [];
  const sockets = await openSockets(connection, {
    receive: (channel, message) => received.push({ channel, message }),
    subscribed: (topic) => topics.push(topic),
    lost: ({ header }, error) => {
      lost.push(`${header.msg_id}: ${(error as Error).name}`);
      for (const message of instead.splice(0)) sockets.send("iopub", message);
    },
    log: (line) => log.push(line),
  });
  endings.push(() => sockets.close());
  const at = (channel: Channel) => address(connection, channel);
  const peer = <Peer extends Dealer | Request | Subscriber>(socket: Peer, channel: Channel) => {
    endings.push(() => socket.close());
    socket.connect(at(channel));
    return socket;
  };
  const key = signer(connection.key, connection.signature_scheme);
  return { connection, sockets, received, log, lost, instead, topics, peer, key };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resume) => setTimeout(resume, 5));
};

const messageOf = (msg_id: string, content = {}, buffers: Uint8Array[] = []): Message => ({
  identities: [],
  header: { msg_id, session: "s", username: "u", date: "d", msg_type: "m", version: "5.4" },
  parent_header: {},
  metadata: {},
  content,
  buffers,
});

const nameIn = (frames: Buffer[]): string => JSON.parse(String(frames.at(-4))).msg_id;

test("two clients that call themselves the same have their own answers", async () => {
  const { sockets, received, peer, key } = await opened();
  const clients = ["first", "second"].map((name) => {
    const client = peer(new Dealer({ linger: 0, routingId: "same" }), "shell");
    return { name, client };
  });
  for (const { name, client } of clients) await client.send(encode(messageOf(name), key));
  await until(() => received.length === 2);
  for (const { message } of received) {
    const answer = messageOf(`to ${message.header.msg_id}`);
    sockets.send("shell", { ...answer, identities: message.identities });
  }
  for (const { name, client } of clients) expect(nameIn(await client.receive())).toBe(`to ${name}`);
});

test("a client is found on stdin by the name that it has on the shell", async () => {
  const { sockets, received, peer, key } = await opened();
  const shell = peer(new Dealer({ linger: 0, routingId: "mine" }), "shell");
  const stdin = peer(new Dealer({ linger: 0, routingId: "mine" }), "stdin");
  await stdin.send(encode(messageOf("here"), key));
  await shell.send(encode(messageOf("cell"), key));
  await until(() => received.length === 2);
  const { identities } = received.find(({ channel }) => channel === "shell")!.message;
  sockets.send("stdin", { ...messageOf("question"), identities });
  expect(nameIn(await stdin.receive())).toBe("question");
});

test("buffers of many megabytes come whole in both directions", async () => {
  const { sockets, received, peer, key } = await opened();
  const picture = new Uint8Array(30_000_000).map((_zero, i) => i % 251);
  const client = peer(new Dealer({ linger: 0 }), "shell");
  await client.send(encode(messageOf("large", {}, [picture]), key));
  await until(() => received.length === 1);
  const { message } = received[0]!;
  expect(Buffer.compare(message.buffers[0]!, picture)).toBe(0);
  sockets.send("shell", message);
  expect(Buffer.compare((await client.receive()).at(-1)!, picture)).toBe(0);
});

test("everybody hears what begins with a topic that they want, in order", async () => {
  const { sockets, topics, peer } = await opened();
  const [all, some] = [new Subscriber({ linger: 0 }), new Subscriber({ linger: 0 })];
  for (const listener of [all, some]) peer(listener, "iopub");
  all.subscribe();
  some.subscribe("b", "c");
  some.unsubscribe("c");
  await until(() => topics.length >= 2);
  // A wish that was taken back may have been told or not.
  expect(new Set(topics.filter((topic) => topic !== "c"))).toEqual(new Set(["", "b"]));
  await until(() => topics.includes("b"));
  for (const name of ["a1", "b1", "b2"])
    sockets.send("iopub", { ...messageOf(name), identities: [Buffer.from(name)] });
  const hears = async (listener: Subscriber, count: number) => {
    const names: string[] = [];
    while (names.length < count) names.push(nameIn(await listener.receive()));
    return names;
  };
  expect(await hears(all, 3)).toEqual(["a1", "b1", "b2"]);
  expect(await hears(some, 2)).toEqual(["b1", "b2"]);
});

const told = (name: string, content = {}): Message => ({
  ...messageOf(name, content),
  identities: [Buffer.from("topic")],
});

test("an answer is written at once, and what everybody is told when the turn is over", async () => {
  const { sockets, received, topics, peer, key } = await opened();
  const listener = peer(new Subscriber(), "iopub");
  listener.subscribe("");
  const client = peer(new Dealer({ linger: 0 }), "shell");
  await client.send(encode(messageOf("request"), key));
  await until(() => topics.length === 1 && received.length === 1);
  const written: string[] = [];
  const noting = (name: string) => ({ toJSON: () => written.push(name) });
  const { identities } = received[0]!.message;
  sockets.send("iopub", told("input", noting("input")));
  sockets.send("iopub", told("result", noting("result")));
  sockets.send("shell", { ...messageOf("reply", noting("reply")), identities });
  sockets.send("iopub", told("idle", noting("idle")));
  expect(written).toEqual(["reply"]);
  const heard: string[] = [];
  for (let i = 0; i < 3; i++) heard.push(nameIn(await listener.receive()));
  expect(heard).toEqual(["input", "result", "idle"]);
  expect(written).toEqual(["reply", "input", "result", "idle"]);
  expect(nameIn(await client.receive())).toBe("reply");
});

test("what cannot be written is left out and told, and nothing beside it is lost", async () => {
  const { sockets, topics, lost, peer } = await opened();
  const listener = peer(new Subscriber(), "iopub");
  listener.subscribe("");
  await until(() => topics.length === 1);
  for (const name of ["before", "never", "after"])
    sockets.send("iopub", told(name, { count: name === "never" ? 1n : 1 }));
  const heard = [await listener.receive(), await listener.receive()].map(nameIn);
  expect(heard).toEqual(["before", "after"]);
  expect(lost).toEqual(["never: TypeError"]);
});

test("what is said instead of something that cannot be written stands in its place", async () => {
  const { sockets, topics, instead, peer } = await opened();
  const listener = peer(new Subscriber(), "iopub");
  listener.subscribe("");
  await until(() => topics.length === 1);
  instead.push(told("first instead"), told("second instead"));
  sockets.send("iopub", told("before"));
  sockets.send("iopub", told("never", { count: 1n }));
  sockets.send("iopub", told("idle"));
  const heard: string[] = [];
  while (heard.at(-1) !== "idle") heard.push(nameIn(await listener.receive()));
  expect(heard).toEqual(["before", "first instead", "second instead", "idle"]);
});

test("what everybody is told before a question is written before the question", async () => {
  const { sockets, received, topics, peer, key } = await opened();
  const listener = peer(new Subscriber(), "iopub");
  listener.subscribe("");
  const client = peer(new Dealer({ linger: 0 }), "stdin");
  await client.send(encode(messageOf("here"), key));
  await until(() => topics.length === 1 && received.length === 1);
  const written: string[] = [];
  const noting = (name: string) => ({ toJSON: () => written.push(name) });
  const { identities } = received[0]!.message;
  sockets.send("iopub", told("printed", noting("printed")));
  sockets.send("stdin", { ...messageOf("question", noting("question")), identities });
  sockets.send("iopub", told("later", noting("later")));
  expect(written).toEqual(["printed", "question"]);
  const heard = [await listener.receive(), await listener.receive()].map(nameIn);
  expect(heard).toEqual(["printed", "later"]);
  expect(nameIn(await client.receive())).toBe("question");
});

test("a beat comes back", async () => {
  const { peer } = await opened();
  const client = peer(new Request({ linger: 0 }), "hb");
  for (const beat of ["one", "two"]) {
    await client.send(beat);
    expect(String(await client.receive())).toBe(beat);
  }
});

test("a peer that asks by a command whether anybody is here is answered", async () => {
  const { connection } = await opened();
  const peer = connect(connection.shell_port, connection.ip);
  endings.push(() => peer.destroy());
  const commands: string[] = [];
  const read = zmtpReader(({ body }) => commands.push(body.toString("latin1")));
  peer.on("data", read);
  const ping = Buffer.from("\x04\x0a\x04PING\0\0abc", "latin1");
  peer.write(Buffer.concat([greeting, ready("DEALER"), ping]));
  await until(() => commands.length === 2);
  expect(commands[1]).toBe("\x04PONGabc");
});

test("what was sent before the end arrives", async () => {
  const { sockets, received, peer, key } = await opened();
  const client = peer(new Dealer({ linger: 0 }), "control");
  await client.send(encode(messageOf("shutdown"), key));
  await until(() => received.length === 1);
  const { identities } = received[0]!.message;
  for (let i = 0; i < 100; i++) sockets.send("control", { ...messageOf(`${i}`), identities });
  await sockets.close();
  for (let i = 0; i < 100; i++) expect(nameIn(await client.receive())).toBe(`${i}`);
});

test("who speaks something else is left, with a line in the log, and harms nobody", async () => {
  const { connection, log, peer } = await opened();
  const stranger = connect(connection.shell_port, connection.ip);
  stranger.write(
    "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, and a lot of other things\r\n\r\n",
  );
  stranger.resume();
  await once(stranger, "close");
  expect(log).toEqual(["dropped a connection with no greeting of ZMTP 3"]);
  const client = peer(new Request({ linger: 0 }), "hb");
  await client.send("still here?");
  expect(String(await client.receive())).toBe("still here?");
});

test("a kernel listens at a file too, also where a killed one left its own", async () => {
  const ip = join(mkdtempSync(join(tmpdir(), "downhill-ipc-")), "kernel");
  const left = { ...(await freeConnection()), transport: "ipc", ip } as const;
  writeFileSync(`${ip}-${left.hb_port}`, "");
  const { peer } = await opened(left);
  const client = peer(new Request({ linger: 0 }), "hb");
  await client.send("beat");
  expect(String(await client.receive())).toBe("beat");
});
