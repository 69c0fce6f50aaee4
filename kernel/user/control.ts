import { Session } from "node:inspector";
import { Socket } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
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
parentPort!.on("message", receive);

function receive(message: ToControl): void {
  if (message.type === "interrupt") interrupt();
  else if (message.type === "input") answer(message.text);
  else parentPort!.postMessage(message);
}

/** Wakes the main thread, which sleeps until a person has answered. */
function answer(text: string | undefined): void {
  const { port, bell } = workerData as { port: MessagePort; bell: Int32Array };
  port.postMessage(text);
  Atomics.store(bell, 0, 1);
  Atomics.notify(bell, 0);
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
