import type { Content, Header } from "../wire/index.ts";
import { CellDebugger, type DebuggerSurroundings } from "./CellDebugger.ts";
import { commandsOf } from "./commands.ts";
import type { DebugRequest } from "./protocol.ts";

export type { DebugRequest } from "./protocol.ts";

/** The response of the Debug Adapter Protocol, as `debug_reply` carries it. */
export interface DebugResponse {
  readonly type: "response";
  readonly seq: number;
  readonly request_seq: number;
  readonly command: string;
  readonly success: boolean;
  /** Why it did not succeed. */
  readonly message?: string;
  readonly body?: object;
}

/** Answers a request, whose header is that of the message it came in. */
export type Debugging = (request: DebugRequest, header: Partial<Header>) => Promise<DebugResponse>;

/** What answers a front end's debugger, one kernel long; events are published as answers to its latest request. */
export function debugging(
  surroundings: Omit<DebuggerSurroundings, "say">,
  publish: (event: Content, parent: Partial<Header>) => void,
): Debugging {
  let seq = 0;
  let latest: Partial<Header> = {};
  const say = (event: string, body: object) =>
    publish({ type: "event", seq: ++seq, event, body }, latest);
  const commands = commandsOf(new CellDebugger({ ...surroundings, say }));
  return async (request, header) => {
    latest = header;
    const { seq: request_seq, command, arguments: given } = request;
    const response = { type: "response", seq: ++seq, request_seq, command } as const;
    try {
      if (!Object.hasOwn(commands, command)) throw new Error(unknown(command, commands));
      const body = await commands[command]!(given);
      if (command === "attach") say("initialized", {});
      return { ...response, success: true, body: body ?? {} };
    } catch (error) {
      const { message } = error as Error;
      return { ...response, success: false, message, body: { error: { id: 1, format: message } } };
    }
  };
}

const unknown = (command: string, commands: object): string =>
  `This debugger does not know ${JSON.stringify(command)}.\nHint: it knows ${Object.keys(commands).join(", ")}.`;
