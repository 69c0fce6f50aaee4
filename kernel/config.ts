/**
 * What `downhill.config.ts` may set, for the notebooks in its folder and in the folders below it. The environment,
 * for example `env` of the kernelspec, has the last word.
 */
export interface Config {
  /**
   * What becomes of an ill-typed cell: it runs with a remark (`"warn"`, the default), is refused (`"strict"`),
   * or nobody looks (`"off"`). `DOWNHILL_TYPES`.
   */
  readonly types?: "warn" | "strict" | "off";
  /** Characters that one cell may print, 32 million by default. `DOWNHILL_OUTPUT_CAP`. */
  readonly outputCap?: number;
  /** Megabytes that the objects of cells may take, 32 or more; by default what Node allows. `DOWNHILL_MEMORY`. */
  readonly memory?: number;
  /** A TypeScript file, found from the folder of the config, whose text runs before the first cell. `DOWNHILL_PRELOAD`. */
  readonly preload?: string;
  /** Whether figures get a still picture, true by default. `DOWNHILL_PICTURES=off` turns that off. */
  readonly pictures?: boolean;
  /** Milliseconds that a still picture may take, 20 000 by default. `DOWNHILL_PICTURE_TIME`. */
  readonly pictureTime?: number;
  /** Whether cells are remembered for later sessions, true by default. `DOWNHILL_HISTORY=off` turns that off. */
  readonly history?: boolean;
  /** Where what cells write to stderr goes, `"stderr"` by default. `DOWNHILL_STDERR`. */
  readonly stderr?: "stdout" | "stderr";
}

/**
 * Gives the settings back as they are; for an editor, which completes and checks them. The kernel reads the file
 * without running it, so each value must be written out. It takes effect when a kernel starts, and never while
 * work is graded.
 *
 * @example
 * // downhill.config.ts
 * import { defineConfig } from "downhill/config";
 * export default defineConfig({ types: "strict", preload: "./start.ts" });
 */
export const defineConfig = (config: Config): Config => config;
