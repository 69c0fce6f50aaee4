import { Socket } from "node:net";
import { MessageChannel, SHARE_ENV, Worker } from "node:worker_threads";
import {
  type FromControl,
  frame,
  frameReader,
  readFrame,
  type Seal,
  type ToControl,
  type ToUser,
} from "../link/index.ts";
import { answering } from "./input.ts";

/** The descriptor on which the host speaks to this process. */
const toHere = 4;

// Graded work finds it no more.
const kill = process.kill.bind(process);

/** Without the host nobody hears this process any more. */
const die = () => void kill(process.pid, "SIGKILL");

/** Waits for the first word of the host. */
export const readSeal = (): Seal => heard() as Seal;

function heard(): unknown {
  const message = readFrame(toHere);
  if (message === undefined) die();
  return message;
}

/**
 * Listens to the host on a thread of its own, which a cell that never ends does not keep from hearing.
 * That thread takes its time to start, so the first message is read here, and its cell does not wait.
 */
export function listenBeside(receive: (message: ToUser) => void, seal: Seal): void {
  const first = heard() as ToControl;
  // What stops a cell is proven for messages that come by a port; the first one takes that way as well.
  const { port1, port2 } = new MessageChannel();
  port2.once("message", (message: ToControl) => {
    port2.close();
    const control = new Worker(new URL("./control.cjs", import.meta.url), {
      workerData: { ...answering, seal },
      transferList: [answering.port],
      env: SHARE_ENV,
    });
    control.on("message", receive);
    if (isForMain(message)) receive(message);
    else control.postMessage(message);
  });
  port1.postMessage(first);
}

const isForMain = (message: ToControl): message is ToUser =>
  /^(?:run|cancel|comm|debugged|nudge)$/.test(message.type);

/**
 * Listens to the host on this very thread, where work is graded and may have no other. A cell that keeps it
 * from hearing is stopped by a signal; see `interruptible`.
 */
export function listenHere(receive: (message: ToUser) => void, seal: Seal): void {
  const host = new Socket({ fd: toHere });
  const tell = (message: FromControl) => host.write(frame(message, seal));
  const hear = ({ type, ...rest }: ToControl) => {
    if (type === "interrupt") tell({ type: "interrupted" });
    else receive({ type, ...rest } as ToUser);
  };
  host.on(
    "data",
    frameReader((message) => hear(message as ToControl)),
  );
  host.on("error", die);
  host.on("end", die);
}
