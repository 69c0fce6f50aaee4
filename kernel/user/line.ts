import { type ConnectOpts, Socket, type SocketConstructorOpts } from "node:net";
import { SHARE_ENV, Worker } from "node:worker_threads";
import {
  type Agreed,
  type FromControl,
  frame,
  frameReader,
  lossyFrameReader,
  readFrame,
  type Seal,
  type ToControl,
  type ToUser,
} from "../link/index.ts";
import { inNextTurn } from "./immediate.ts";
import { answering } from "./input.ts";
import { noteTurn, stops } from "./ticks.ts";

/** The descriptor on which the host speaks to this thread. */
const toHere = 5;

/** The descriptor on which it speaks to the thread beside this one. */
const toControl = 4;

// Graded work finds it no more.
const kill = process.kill.bind(process);

/** Without the host nobody hears this process any more. */
const die = () => void kill(process.pid, "SIGKILL");

/** Waits for the first word of the host. */
export function readAgreed(): Agreed {
  const word = readFrame(toHere) as Agreed | undefined;
  if (word === undefined) die();
  return word!;
}

/**
 * Listens to the host, and starts the thread beside this one, which the host reaches while a cell computes
 * without end. That takes its time, so it begins with the first message, and the cell of that does not wait for it.
 */
export function listenBeside(receive: (message: ToUser) => void, { seal, mark }: Agreed): void {
  let alone = true;
  listen(mark, (message) => {
    if (alone) startControl(seal);
    alone = false;
    receive(message);
  });
}

function startControl(seal: Seal): void {
  const control = new Worker(new URL("./control.cjs", import.meta.url), {
    workerData: { ...answering, stops, seal },
    transferList: [answering.port],
    env: SHARE_ENV,
  });
  // With that thread its line ends, for which the host ends this process; whatever cell runs did not throw that.
  control.on("error", () => undefined);
}

/**
 * Listens to the host where work is graded and may have no other thread. A cell that keeps this one
 * from hearing is stopped by a signal; see `interruptible`.
 */
export function listenHere(receive: (message: ToUser) => void, { seal, mark }: Agreed): void {
  listen(mark, receive);
  const host = new Socket({ fd: toControl });
  const tell = (message: FromControl) => host.write(frame(message, seal));
  const hear = (message: ToControl) => {
    if (message.type === "interrupt") tell({ type: "interrupted", stop: message.stop });
  };
  host.on(
    "data",
    frameReader((message) => hear(message as ToControl)),
  );
  host.on("error", die);
  host.on("end", die);
}

/**
 * Hands on what the host tells this thread. An interrupt may end any of the functions in between: what was heard
 * is kept until it is handed on, and what comes in goes past the stream, whose state would be left half changed.
 */
function listen(mark: Seal, receive: (message: ToUser) => void): void {
  const heard: ToUser[] = [];
  const read = lossyFrameReader(mark, (message) => heard.push(message as ToUser));
  const handOn = () => {
    try {
      for (let next = heard.shift(); next; next = heard.shift()) receive(next);
    } finally {
      if (heard.length > 0) inNextTurn(handOn);
    }
  };
  const take = (bytes: number, buffer: Uint8Array) => {
    noteTurn();
    read(buffer.subarray(0, bytes), host.bytesRead);
    handOn();
    return true;
  };
  // The types do not know that a socket may be made with these.
  const options: SocketConstructorOpts & ConnectOpts = {
    fd: toHere,
    onread: { buffer: new Uint8Array(65_536), callback: take },
  };
  const host = new Socket(options);
  host.on("error", die);
  host.on("end", die);
}
