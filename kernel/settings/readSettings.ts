import type { Config } from "../config.ts";
import type { ConfigRead } from "./readConfig.ts";

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How the kernel does its work. */
export interface Settings extends Required<Omit<Config, "memory" | "preload">> {
  readonly memory: number | undefined;
  readonly preload: string | undefined;
  /**
   * Whether cells are graded work, which may read the files beside the notebook and do nothing beyond its
   * process. `DOWNHILL_GRADING`, `on` or `off`, default `on` while nbgrader runs a notebook; no file can set it.
   */
  readonly restricted: boolean;
  /** What is wrong with the config file; the first cell shows it. */
  readonly complaints: readonly string[];
}

/** Whether a grader runs the notebook: then the folder is that of an answer, and decides nothing. */
export const isGraded = (environment: Environment): boolean =>
  grading(environment) || Boolean(environment.NBGRADER_EXECUTION);

/**
 * Reads the settings: what the environment says goes before what the config file says.
 * @throws {RangeError} naming the variable that is no positive number.
 */
export function readSettings(
  environment: Environment,
  { config, complaints }: ConfigRead = { config: {}, complaints: [] },
): Settings {
  const number = (name: string): number | undefined => {
    const text = environment[name];
    if (text === undefined || text === "") return undefined;
    if (Number(text) > 0) return Number(text);
    throw new RangeError(`${name} must be a positive number, but it is ${JSON.stringify(text)}.`);
  };
  const { DOWNHILL_PICTURES: pictures, DOWNHILL_HISTORY: history } = environment;
  return {
    outputCap: number("DOWNHILL_OUTPUT_CAP") ?? config.outputCap ?? 32_000_000,
    memory: number("DOWNHILL_MEMORY") ?? config.memory,
    types: typesMode(environment) ?? config.types ?? "warn",
    stderr: stderrTarget(environment) ?? config.stderr ?? "stderr",
    restricted: grading(environment),
    preload: environment.DOWNHILL_PRELOAD || config.preload,
    pictures: pictures ? pictures !== "off" : (config.pictures ?? true),
    // A grader's run is nobody's.
    history:
      !environment.NBGRADER_EXECUTION && (history ? history !== "off" : (config.history ?? true)),
    pictureTime: number("DOWNHILL_PICTURE_TIME") ?? config.pictureTime ?? 20_000,
    complaints,
  };
}

/** nbgrader gives no points to a cell with stderr, though a learner's warning is no mistake. */
function stderrTarget(environment: Environment): Settings["stderr"] | undefined {
  const { DOWNHILL_STDERR: target, NBGRADER_EXECUTION: grading } = environment;
  if (!target) return grading ? "stdout" : undefined;
  if (target === "stdout" || target === "stderr") return target;
  throw new RangeError(
    `DOWNHILL_STDERR must be stdout or stderr, but it is ${JSON.stringify(target)}.`,
  );
}

function grading(environment: Environment): boolean {
  const { DOWNHILL_GRADING: mode, NBGRADER_EXECUTION: nbgrader } = environment;
  if (!mode) return Boolean(nbgrader);
  if (mode === "on" || mode === "off") return mode === "on";
  throw new RangeError(`DOWNHILL_GRADING must be on or off, but it is ${JSON.stringify(mode)}.`);
}

function typesMode(environment: Environment): Settings["types"] | undefined {
  const { DOWNHILL_TYPES: mode, NBGRADER_EXECUTION: grading } = environment;
  if (!mode) return grading ? "off" : undefined;
  if (mode === "warn" || mode === "strict" || mode === "off") return mode;
  throw new RangeError(
    `DOWNHILL_TYPES must be warn, strict or off, but it is ${JSON.stringify(mode)}.`,
  );
}
