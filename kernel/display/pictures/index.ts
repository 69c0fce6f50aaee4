import { Worker } from "node:worker_threads";

export interface PictureOptions {
  /** Pixels of the picture for one of the figure; 1.5 is sharp on paper and screens. Default 1.5. */
  readonly scale?: number;
}

/** What the drawing thread is asked. */
export interface PictureWish {
  readonly id: number;
  readonly figure: string;
  readonly scale: number;
}

/** And what it answers: a PNG in base64, or why there is none. */
export type PictureAnswer =
  | { readonly id: number; readonly picture: string }
  | { readonly id: number; readonly error: string };

/** Draws plotly figures as still pictures in a thread of its own, so that nothing waits for it. */
export interface Painter {
  /**
   * A plotly figure as a PNG in base64, for readers without plotly: GitHub, PDF, a saved notebook.
   *
   * @throws Error with plotly's reason when the figure cannot be drawn.
   */
  picture(figure: unknown, options?: PictureOptions): Promise<string>;
  /** Ends the thread. Pictures under way are refused. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(picture: string): void;
  reject(reason: Error): void;
}

/**
 * A painter that works with what `buildPictures` put into `folder`. Its thread starts with the first
 * picture and keeps the process alive only while it draws.
 */
export function painter(folder: URL): Painter {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let count = 0;
  const fail = (reason: Error): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  return {
    picture(figure, { scale = 1.5 } = {}) {
      worker ??= startWorker(folder, waiting, fail);
      const wish: PictureWish = { id: ++count, figure: JSON.stringify(figure), scale };
      worker.postMessage(wish);
      worker.ref();
      return new Promise((resolve, reject) => waiting.set(wish.id, { resolve, reject }));
    },
    async close() {
      const closing = worker;
      fail(new Error("The painter was closed before it finished this picture."));
      await closing?.terminate();
    },
  };
}

function startWorker(
  folder: URL,
  waiting: Map<number, Waiting>,
  fail: (reason: Error) => void,
): Worker {
  const worker = new Worker(new URL("worker.js", folder), { workerData: folder.href });
  worker.on("message", (answer: PictureAnswer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ("picture" in answer) asker?.resolve(answer.picture);
    else asker?.reject(new Error(answer.error));
  });
  worker.on("error", fail);
  return worker;
}
