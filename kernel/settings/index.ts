import { homedir } from "node:os";
import { findConfig } from "./findConfig.ts";
import { type Environment, isGraded, readSettings, type Settings } from "./readSettings.ts";

export type { Settings };

/**
 * The settings for the notebooks in a folder. Without a config file they are there at once; what reads one takes
 * its time to load.
 */
export function settingsFor(
  folder: string,
  environment: Environment,
): Settings | Promise<Settings> {
  // It stands among what is graded, whose author it would obey.
  const file = isGraded(environment) ? undefined : findConfig(folder, homedir());
  if (file === undefined) return readSettings(environment);
  return import("./readConfig.ts").then(({ readConfig }) =>
    readSettings(environment, readConfig(file)),
  );
}
