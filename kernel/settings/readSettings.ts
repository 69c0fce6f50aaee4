import type { Config } from "../config.ts";
import type { ConfigRead } from "./readConfig.ts";
import { rules } from "./rules.ts";

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
  /** What is wrong with the environment and the config file; the first cell shows it. */
  readonly complaints: readonly string[];
}

/** Whether a grader runs the notebook: then the folder is that of an answer, and decides nothing. */
export const isGraded = (environment: Environment): boolean =>
  grading(environment) || Boolean(environment.NBGRADER_EXECUTION);

/** Reads the settings: what the environment says goes before what the config file says. */
export function readSettings(
  environment: Environment,
  { config, complaints }: ConfigRead = { config: {}, complaints: [] },
): Settings {
  const read = readEnvironment(environment);
  const said: Config = { ...config, ...ofNbgrader(environment), ...read.config };
  return {
    outputCap: said.outputCap ?? 32_000_000,
    memory: said.memory,
    types: said.types ?? "warn",
    stderr: said.stderr ?? "stderr",
    restricted: grading(environment),
    preload: said.preload,
    pictures: said.pictures ?? true,
    // A grader's run is nobody's.
    history: !environment.NBGRADER_EXECUTION && (said.history ?? true),
    pictureTime: said.pictureTime ?? 20_000,
    complaints: [...read.complaints, ...complaints],
  };
}

/** nbgrader gives no points to a cell with stderr, though a learner's warning is no mistake. */
const ofNbgrader = ({ NBGRADER_EXECUTION: nbgrader }: Environment): Config =>
  nbgrader ? { types: "off", stderr: "stdout" } : {};

const variables = {
  types: "DOWNHILL_TYPES",
  outputCap: "DOWNHILL_OUTPUT_CAP",
  memory: "DOWNHILL_MEMORY",
  pictures: "DOWNHILL_PICTURES",
  pictureTime: "DOWNHILL_PICTURE_TIME",
  history: "DOWNHILL_HISTORY",
  stderr: "DOWNHILL_STDERR",
} as const satisfies { readonly [Name in keyof Config]?: string };

/** What the environment sets, and which of its variables cannot be used. */
function readEnvironment(environment: Environment): ConfigRead {
  const { DOWNHILL_PRELOAD: preload, DOWNHILL_GRADING: mode } = environment;
  const config: Record<string, unknown> = preload ? { preload } : {};
  const complaints =
    mode && !modes.has(mode) ? [refused("DOWNHILL_GRADING", '"on" or "off"', mode, "on")] : [];
  for (const [name, variable] of Object.entries(variables)) {
    const text = environment[variable];
    if (!text) continue;
    const { accepts, expected, inWords } = rules[name as keyof typeof variables];
    const value = inWords ? inWords.meant(text) : text;
    if (accepts(value, "")) config[name] = value;
    else complaints.push(refused(variable, inWords?.expected ?? expected, text, "left out"));
  }
  return { config, complaints };
}

const refused = (variable: string, expected: string, text: string, instead: string): string =>
  `${variable} must be ${expected}, but it is ${JSON.stringify(text)}.\nHint: until it is, it counts as ${instead}.`;

const modes: ReadonlySet<string> = new Set(["on", "off"]);

/** A word that is none of the two must not open what was meant to be closed. */
function grading({ DOWNHILL_GRADING: mode, NBGRADER_EXECUTION: nbgrader }: Environment): boolean {
  return mode ? mode !== "off" : Boolean(nbgrader);
}
