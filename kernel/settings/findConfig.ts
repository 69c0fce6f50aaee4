import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The name of the file by which a folder sets something for its notebooks. */
export const configName = "downhill.config.ts";

/**
 * The file that sets something for the notebooks in this folder. It stands there or above, where that is still
 * the same package or the same person's home: beyond, anybody may have put it.
 */
export function findConfig(folder: string, home: string): string | undefined {
  const folders = upward(folder);
  const end = folders.findIndex((each) => existsSync(join(each, "package.json")) || each === home);
  const own = folders.slice(0, Math.max(end, 0) + 1);
  return own.map((each) => join(each, configName)).find((file) => existsSync(file));
}

function upward(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}
