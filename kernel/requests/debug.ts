import type { Debugging, DebugRequest } from "../debugger/index.ts";
import type { Content } from "../wire/index.ts";
import { errorReply, type Handler, type Kernel } from "./Kernel.ts";

/**
 * Passes a request of the Debug Adapter Protocol on to the debugger. Graded work has none: it runs without the
 * inspector, which could change what is graded.
 */
export const debug: Handler = async (kernel, { header, content }) => {
  // What is missing of it, the command that needs it says.
  const request = content as Partial<DebugRequest>;
  const { seq = 0, command = "", arguments: given = {} } = request;
  if (kernel.restricted) return refusal(seq, command);
  kernel.debugging ??= started(kernel);
  const answer = await kernel.debugging;
  return { status: "ok", ...(await answer({ seq, command, arguments: given }, header)) };
};

/** It is loaded by the first who asks. */
async function started({ session, publish, log, folder }: Kernel): Promise<Debugging> {
  const { debugging } = await import("../debugger/index.ts");
  return debugging({ session, log, kernel: folder.href }, (event, parent) =>
    publish("debug_event", event, parent),
  );
}

function refusal(request_seq: number, command: string): Content {
  const message =
    "There is no debugger while work is graded.\nHint: open the notebook without grading to look into a cell.";
  return {
    ...errorReply("NotSupported", message),
    ...{ type: "response", seq: request_seq, request_seq, command, success: false, message },
  };
}
