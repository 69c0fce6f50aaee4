import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort } from "node:worker_threads";
import { type FromControl, frame, frameReader, type ToControl } from "../link/index.ts";

/**
 * The thread beside the learner's. It is never busy: the host reaches it while a cell computes without end,
 * and it stops that cell from outside.
 */
const host = new Socket({ fd: 4 });
host.on(
  "data",
  frameReader((message) => receive(message as ToControl)),
);
host.on("error", die);
host.on("end", die);

function receive(message: ToControl): void {
  if (message.type === "interrupt") interrupt();
  else parentPort!.postMessage(message);
}

/** Ends whatever JavaScript the main thread runs. No `catch` and no `finally` of it can see that. */
function interrupt(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    // A session left open would hold up the end of the process.
    session.disconnect();
    host.write(frame({ type: "interrupted" } satisfies FromControl));
  });
}

/** Without the host nobody hears this process any more. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}
