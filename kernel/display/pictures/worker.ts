import { parentPort, workerData } from "node:worker_threads";
import { prepareToDraw } from "./draw.ts";
import type { PictureAnswer, PictureWish } from "./index.ts";

/** This thread's whole life: one picture after another. */
const ready = prepareToDraw(new URL(workerData));

parentPort?.on("message", (wish: PictureWish) => {
  void answer(wish).then((message) => parentPort?.postMessage(message));
});

async function answer({ id, figure, scale }: PictureWish): Promise<PictureAnswer> {
  try {
    const draw = await ready;
    const png = await draw(JSON.parse(figure), scale);
    return { id, picture: Buffer.from(png).toString("base64") };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
