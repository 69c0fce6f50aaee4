/** What a person may set by the environment, for example in `env` of the kernelspec. */
export interface Settings {
  /** Characters that one cell may print. `DOWNHILL_OUTPUT_CAP`, default 32 million. */
  readonly outputCap: number;
  /** Megabytes that the learner's objects may take. `DOWNHILL_MEMORY`, default what Node allows. */
  readonly memory?: number | undefined;
  /**
   * What becomes of an ill-typed cell: it runs with a remark (`warn`), is refused (`strict`), or nobody
   * looks (`off`). `DOWNHILL_TYPES`, default `warn`, and `off` while nbgrader runs a notebook.
   */
  readonly types: "warn" | "strict" | "off";
  /**
   * Where what cells write to stderr goes. nbgrader gives no points to a cell with stderr, though a
   * learner's warning is no mistake. `DOWNHILL_STDERR`, default `stderr`, and `stdout` while nbgrader runs.
   */
  readonly stderr: "stdout" | "stderr";
  /**
   * Whether cells are graded work, which may read the files beside the notebook and do nothing beyond its
   * process. `DOWNHILL_GRADING`, `on` or `off`, default `on` while nbgrader runs a notebook.
   */
  readonly restricted: boolean;
  /** A TypeScript file, from the notebook's folder, whose text runs before the first cell. `DOWNHILL_PRELOAD`. */
  readonly preload?: string | undefined;
  /** Whether figures get a still picture. `DOWNHILL_PICTURES=off` turns that off. */
  readonly pictures: boolean;
  /** Whether cells are remembered for later sessions. `DOWNHILL_HISTORY=off` turns that off; so does nbgrader. */
  readonly history: boolean;
  /** Milliseconds that a picture may take. `DOWNHILL_PICTURE_TIME`, default 20 000. */
  readonly pictureTime: number;
}

/** Reads the settings. @throws {RangeError} naming the variable that is no positive number. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const number = (name: string): number | undefined => {
    const text = environment[name];
    if (text === undefined || text === "") return undefined;
    if (Number(text) > 0) return Number(text);
    throw new RangeError(`${name} must be a positive number, but it is ${JSON.stringify(text)}.`);
  };
  return {
    outputCap: number("DOWNHILL_OUTPUT_CAP") ?? 32_000_000,
    memory: number("DOWNHILL_MEMORY"),
    types: typesMode(environment),
    stderr: stderrTarget(environment),
    restricted: grading(environment),
    preload: environment.DOWNHILL_PRELOAD || undefined,
    pictures: environment.DOWNHILL_PICTURES !== "off",
    history: environment.DOWNHILL_HISTORY !== "off" && !environment.NBGRADER_EXECUTION,
    pictureTime: number("DOWNHILL_PICTURE_TIME") ?? 20_000,
  };
}

function stderrTarget(
  environment: Readonly<Record<string, string | undefined>>,
): Settings["stderr"] {
  const { DOWNHILL_STDERR: target, NBGRADER_EXECUTION: grading } = environment;
  if (!target) return grading ? "stdout" : "stderr";
  if (target === "stdout" || target === "stderr") return target;
  throw new RangeError(
    `DOWNHILL_STDERR must be stdout or stderr, but it is ${JSON.stringify(target)}.`,
  );
}

function grading(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { DOWNHILL_GRADING: mode, NBGRADER_EXECUTION: nbgrader } = environment;
  if (!mode) return Boolean(nbgrader);
  if (mode === "on" || mode === "off") return mode === "on";
  throw new RangeError(`DOWNHILL_GRADING must be on or off, but it is ${JSON.stringify(mode)}.`);
}

function typesMode(environment: Readonly<Record<string, string | undefined>>): Settings["types"] {
  const { DOWNHILL_TYPES: mode, NBGRADER_EXECUTION: grading } = environment;
  if (!mode) return grading ? "off" : "warn";
  if (mode === "warn" || mode === "strict" || mode === "off") return mode;
  throw new RangeError(
    `DOWNHILL_TYPES must be warn, strict or off, but it is ${JSON.stringify(mode)}.`,
  );
}
