/**
 * A thread that listens to the heart of a kernel every few milliseconds; a thread of its own, because who decodes a flood
 * of messages hears late. Ends when it is told to, with the number of beats that stayed out for a second, as
 * Jupyter would count them, and the slowest of the others in milliseconds.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Request } from "zeromq";

let missed = 0;
let slowest = 0;
let over = false;
parentPort?.once("message", () => {
  over = true;
});
while (!over) {
  const heart = new Request({ receiveTimeout: 1000, linger: 0 });
  heart.connect(workerData);
  while (!over && (await beats(heart))) await pause(3);
  heart.close();
}
parentPort?.postMessage({ missed, slowest });

/** @param {Request} heart */
async function beats(heart) {
  const asked = performance.now();
  try {
    await heart.send("ping");
    await heart.receive();
  } catch {
    missed += 1;
    return false;
  }
  slowest = Math.max(slowest, performance.now() - asked);
  return true;
}
