import { Session } from "node:inspector";
import { Socket } from "node:net";
import { type MessagePort, workerData } from "node:worker_threads";
import { type FromControl, frame, frameReader, type Seal, type ToControl } from "../link/index.ts";
import { inspection } from "./inspection.ts";

interface Given {
  readonly port: MessagePort;
  readonly bell: Int32Array;
  /** The stop of the main thread that has begun last, and the one that was done last. */
  readonly stops: Int32Array;
  /** Cells can write to the descriptor, too; without the seal the host takes nothing from there. */
  readonly seal: Seal;
}

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

const { port, bell, stops, seal } = workerData as Given;
const outbox: FromControl[] = [];
const settled = Promise.resolve();

const { inspect, endPaused, leave } = inspection(tell);

/**
 * Tells the host something, a little later: the inspector answers in the middle of whatever this thread does,
 * and a socket that is just being written to must not be written to again.
 */
function tell(message: FromControl): void {
  outbox.push(message);
  void settled.then(() => {
    for (const next of outbox.splice(0)) host.write(frame(next, seal));
  });
}

function receive(message: ToControl): void {
  switch (message.type) {
    case "interrupt":
      return interrupt(message.stop);
    case "input":
      return answer(message.text);
    case "inspect":
      return inspect(message);
    case "leave":
      return leave();
    case "nudge":
      return;
  }
}

/** Wakes the main thread, which sleeps until a person has answered. */
function answer(text: string | undefined): void {
  port.postMessage(text);
  Atomics.store(bell, 0, 1);
  Atomics.notify(bell, 0);
}

/** Ends whatever JavaScript the main thread runs. No `catch` and no `finally` of it can see that. */
function interrupt(stop: number): void {
  Atomics.store(stops, 0, stop);
  const told = () => {
    // With one on its way the inspector refuses others, and so they may be told of before it.
    Atomics.store(stops, 1, Math.max(stop, Atomics.load(stops, 1)));
    tell({ type: "interrupted", stop });
  };
  if (endPaused(told)) return;
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    // A session left open would hold up the end of the process.
    session.disconnect();
    told();
  });
}

/** Without the host nobody hears this process any more. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}
