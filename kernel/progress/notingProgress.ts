import type { Publish } from "../session/index.ts";
import { isProgress, noteProgress, progressName } from "./progressFile.ts";

/** The MIME type under which the library's feedback and predictions carry what the learner has done. */
const progressType = "application/vnd.downhill.progress+json";

/**
 * Publishes as `publish` does, and notes in the folder's progress file what an output says about the
 * learner's progress. When that cannot be written the learner is told once, and goes on undisturbed.
 */
export function notingProgress(publish: Publish, folder: string): Publish {
  let told = false;
  return (type, content, parent, extra) => {
    publish(type, content, parent, extra);
    const progress = (content.data as Record<string, unknown> | undefined)?.[progressType];
    if (!isProgress(progress)) return;
    try {
      noteProgress(folder, progress, new Date());
    } catch (error) {
      if (told) return;
      told = true;
      const text = `Your answer counts, but it could not be noted in ${progressName}: ${(error as Error).message}\nHint: may you write in the folder of this notebook?\n`;
      publish("stream", { name: "stderr", text }, parent);
    }
  };
}
