/** What a person may set by the environment, for example in `env` of the kernelspec. */
export interface Settings {
  /** Characters that one cell may print. `DOWNHILL_OUTPUT_CAP`, default 32 million. */
  readonly outputCap: number;
  /** Megabytes that the learner's objects may take. `DOWNHILL_MEMORY`, default what Node allows. */
  readonly memory?: number | undefined;
  /** Whether figures get a still picture. `DOWNHILL_PICTURES=off` turns that off. */
  readonly pictures: boolean;
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
    pictures: environment.DOWNHILL_PICTURES !== "off",
    pictureTime: number("DOWNHILL_PICTURE_TIME") ?? 20_000,
  };
}
