import { Socket } from "node:net";
import { SHARE_ENV, Worker } from "node:worker_threads";
import {
  type FromControl,
  frame,
  frameReader,
  type ToControl,
  type ToUser,
} from "../link/index.ts";
import { answering } from "./input.ts";

// Graded work finds it no more.
const kill = process.kill.bind(process);

/** Listens to the host on a thread of its own, which a cell that never ends does not keep from hearing. */
export function listenBeside(receive: (message: ToUser) => void): void {
  const control = new Worker(new URL("./control.js", import.meta.url), {
    workerData: answering,
    transferList: [answering.port],
    env: SHARE_ENV,
  });
  control.on("message", receive);
}

/**
 * Listens to the host on this very thread, where work is graded and may have no other. A cell that keeps it
 * from hearing is stopped by a signal; see `interruptible`.
 */
export function listenHere(receive: (message: ToUser) => void): void {
  const host = new Socket({ fd: 4 });
  const die = () => kill(process.pid, "SIGKILL");
  const hear = ({ type, ...rest }: ToControl) => {
    if (type === "interrupt") host.write(frame({ type: "interrupted" } satisfies FromControl));
    else receive({ type, ...rest } as ToUser);
  };
  host.on(
    "data",
    frameReader((message) => hear(message as ToControl)),
  );
  host.on("error", die);
  host.on("end", die);
}
