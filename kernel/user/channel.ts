import { writeSync } from "node:fs";
import { type FromUser, frame, type Seal } from "../link/index.ts";
import { inNextTurn } from "./immediate.ts";
import { inOrder } from "./inOrder.ts";

/** The descriptor on which the host listens to this process. */
const toHost = 3;

/** Cells can write to the descriptor, too; without the seal the host takes nothing from there. */
let seal: Seal;

const clock = performance.now.bind(performance);

/** Characters that travel at once; a longer text would make the host short of memory. */
const piece = 2 ** 24;

let waiting: { cell: number; name: "stdout" | "stderr"; text: string } | undefined;
let windowStart = 0;
let writesInWindow = 0;
let planned = false;

/** Speaks under this seal from now on. */
export function speakUnder(given: Seal): void {
  seal = given;
}

/** Tells the host something; text that was printed before goes first. Returns when the host's side has it. */
export function send(message: FromUser): void {
  sendText();
  line.write(message);
}

/** Keeps a place for an output that is still being made. @returns what puts it there, or gives the place up */
export function reserve(): (message?: FromUser) => void {
  sendText();
  const put = line.reserve();
  return (message) => {
    sendText();
    put(message);
  };
}

/** Sends all that waits, because the process ends. */
export function sendAll(): void {
  sendText();
  line.release();
}

/**
 * Prints for a cell. The first lines go out at once, also from a loop that never pauses; a flood is
 * collected for up to 10 ms or 16 kB, because a system call for every line would cost more than the line.
 */
export function print(cell: number, name: "stdout" | "stderr", text: string): void {
  if (text.length <= piece) return printPiece(cell, name, text);
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + piece;
    // A character of two halves travels whole.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    printPiece(cell, name, text.slice(start, end));
  }
}

function printPiece(cell: number, name: "stdout" | "stderr", text: string): void {
  if (waiting && (waiting.cell !== cell || waiting.name !== name)) sendText();
  if (waiting) waiting.text += text;
  else waiting = { cell, name, text };
  const now = clock();
  if (now - windowStart > 10) {
    windowStart = now;
    writesInWindow = 0;
  }
  writesInWindow += 1;
  if (writesInWindow < 50 || waiting.text.length > 16_384) sendText();
  else if (!planned) {
    planned = true;
    inNextTurn(() => {
      planned = false;
      sendText();
    });
  }
}

/** Sends what {@link print} collected. */
export function sendText(): void {
  if (!waiting) return;
  const text = waiting;
  waiting = undefined;
  line.write({ type: "stream", ...text });
}

const line = inOrder(write);

function write(message: FromUser): void {
  const bytes = frame(message, seal);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(toHost, bytes, sent);
}
