import { controlsOf } from "../controls/index.ts";
import type * as Given from "../given/index.ts";
import type { ToUser } from "../link/index.ts";
import { cellOf, currentCell, Interrupted, killCell, killStopped } from "./cells.ts";
import { print, send, sendAll, speakUnder } from "./channel.ts";
import { comms, receiveComm } from "./comms.ts";
import { display } from "./display.ts";
import { failureOf } from "./failure.ts";
import { confirm, prompt } from "./input.ts";
import { hostJudge } from "./judge.ts";
import { listenBeside, listenHere, readAgreed } from "./line.ts";
import { library, loadLibrary, require } from "./modules.ts";
import { redirectOutput } from "./output.ts";
import { progress } from "./progress.ts";
import { readAhead } from "./reading.ts";
import { isRestricted } from "./restricted.ts";
import { declare, failRunning, forget, pace, runCell } from "./run.ts";
import { solved } from "./solved.ts";
import { endTicksWithStops, isFree, noteBeginning } from "./ticks.ts";
import { followTimers } from "./timers.ts";
import { offerVariables } from "./variables.ts";

/**
 * The process that runs the learner's code, on its main thread. The host may lose it at any moment
 * (an exit, a crash, no memory left) and start another.
 */
const agreed = readAgreed();
speakUnder(agreed.seal);
redirectOutput();
followTimers();
endTicksWithStops();
process.on("uncaughtException", reportStray);
process.on("unhandledRejection", reportStray);
process.on("warning", tellWarning);
process.on("SIGINT", () => undefined);
send({ type: "ready" });
process.on("exit", sendAll);
const { watch, ...tools } = controlsOf(comms, display);
const given: typeof Given = { display, progress, prompt, confirm, comms, solved, ...tools };
for (const [name, value] of Object.entries(given)) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
Object.defineProperties(globalThis, {
  // What `train` looks for when it is to be drawn.
  [Symbol.for("downhill.watch")]: { value: () => watch((end) => currentCell().ends.add(end)) },
  downhill: { get: () => require(new URL(library).pathname), configurable: true },
});
if (isRestricted) beGraded().catch(giveUp);
else {
  offerVariables(declare);
  listenBeside(receive, agreed);
}

/** What Node warns of is the cell's, unless it is about the age of some package. */
function tellWarning(warning: Error): void {
  const text = String(warning);
  if (warning.name === "DeprecationWarning") send({ type: "warning", text });
  else if (warning.name !== "ExperimentalWarning") print(currentCell().id, "stderr", `${text}\n`);
}

async function beGraded(): Promise<void> {
  // The library asks this judge. It takes what it needs before a cell can replace it, and then nobody finds it any more.
  const place = Symbol.for("downhill.judge");
  Reflect.set(globalThis, place, hostJudge);
  await loadLibrary();
  Reflect.deleteProperty(globalThis, place);
  (await import("./restrict.ts")).restrict();
  listenHere(receive, agreed);
}

function giveUp(error: Error): never {
  send({ type: "warning", text: `nothing can be graded: ${error.stack}` });
  process.exit(1);
}

function receive(message: ToUser): void {
  switch (message.type) {
    case "run":
      noteBeginning();
      return runCell(message);
    case "comm":
      noteBeginning();
      return receiveComm(message.cell, message.step);
    case "readAhead":
      return readAhead(message);
    case "debugged":
      pace.fast = !message.on;
      return;
    case "nudge":
      return;
    case "cancel":
      killStopped();
      for (const cell of message.cells) {
        killCell(cell);
        forget(cell);
      }
      // The host asks again and again.
      if (isFree()) send({ type: "cancelled", attempt: message.attempt });
      return;
  }
}

/** An error that nobody caught ends the cell that runs; without one it is told to the cell that it came from. */
function reportStray(error: unknown): void {
  const from = cellOf(error);
  if (error instanceof Interrupted || failRunning(error, from)) return;
  send({ type: "failed", cell: from.id, failure: failureOf(error) });
}
