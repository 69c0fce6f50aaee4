import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/** A language server that answers over its standard streams. */
export interface Lsp {
  /** Asks and waits for the answer. @throws {Error} what the server says, or that it has ended. */
  readonly ask: (method: string, parameters: unknown) => Promise<unknown>;
  readonly tell: (method: string, parameters: unknown) => void;
  readonly close: () => void;
}

/** A place in a text as the protocol counts it: both from 0. */
export interface LspPlace {
  readonly line: number;
  readonly character: number;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a language server: TypeScript's own compiler is one. `ended` hears of an end that nobody asked for. */
export function startLsp(
  command: string,
  options: readonly string[],
  folder: string,
  ended: () => void = () => undefined,
): Lsp {
  const server = spawn(command, options, {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const asked = new Map<number, Waiting>();
  let count = 0;
  const say = (message: object) => send(server.stdin, message);
  let over: Error | undefined;
  const end = (error: Error) => {
    if (!over) ended();
    over ??= error;
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  };
  server.on("error", end);
  server.on("exit", (code) => end(new Error(`the language server ended with exit code ${code}`)));
  server.stdin.on("error", end);
  server.stdout.on(
    "data",
    messageReader(({ id, method, params, result, error }) => {
      // The server asks for its settings; it has none of us.
      if (method !== undefined && id !== undefined) {
        const items = (params as { items?: unknown[] } | undefined)?.items;
        say({ id, result: method === "workspace/configuration" ? items?.map(() => null) : null });
      } else if (id !== undefined) {
        const waiting = asked.get(id);
        asked.delete(id);
        if (error) waiting?.reject(new Error(error.message));
        else waiting?.resolve(result);
      }
    }),
  );
  return {
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        // Nobody would ever answer.
        if (over) return reject(over);
        asked.set(++count, { resolve, reject });
        say({ id: count, method, params });
      }),
    tell: (method, params) => say({ method, params }),
    close: () => {
      over ??= new Error("the language server was closed");
      server.kill();
    },
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What is said in one turn of the event loop leaves together, so that the server wakes up once. */
function send(stream: Writable, message: object): void {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  stream.cork();
  stream.write(`Content-Length: ${body.length}\r\n\r\n`);
  stream.write(body);
  process.nextTick(() => stream.uncork());
}

/** Reads messages that are announced by their length, as they come in pieces. */
function messageReader(receive: (message: Message) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const start = rest.indexOf("\r\n\r\n") + 4;
      if (start < 4) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString("latin1", 0, start))?.[1]);
      if (rest.length < start + length) return;
      const body = rest.toString("utf8", start, start + length);
      rest = rest.subarray(start + length);
      receive(JSON.parse(body) as Message);
    }
  };
}
