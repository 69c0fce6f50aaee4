const usual = "left out, it is what is usual";

/** Checks one option and names it in the error, so the reader can find it in their own code. */
export function positive(name: string, value: number, hint = usual): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new RangeError(
    `${name} must be a positive number, but it is ${inWords(value)}.\nHint: ${hint}.`,
  );
}

/** Checks an option that may be zero but not below. */
export function notNegative(name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new RangeError(
    `${name} must be zero or a positive number, but it is ${inWords(value)}.\nHint: 0 switches it off.`,
  );
}

/** Refuses what is no set of options, and an option that would be ignored without a word. */
export function knownOptions(name: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      `${name} takes its options by their names, but got ${JSON.stringify(options)}.\nHint: for example { ${known[0]}: … }.`,
    );
  const stray = Object.keys(options).find((option) => !known.includes(option));
  if (stray === undefined) return;
  throw new TypeError(
    `${name} has no option ${stray}.\nHint: its options are ${known.join(", ")}.`,
  );
}

/** Options with their defaults; one that is undefined counts as left out. */
export function completed<All extends object>(options: object, defaults: All): All {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Checks an option that is one of a few words. */
export function oneOf(name: string, value: unknown, words: readonly string[]): void {
  if (typeof value === "string" && words.includes(value)) return;
  const quoted = words.map((word) => `"${word}"`);
  throw new RangeError(
    `${name} must be ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}, but it is ${JSON.stringify(value)}.\nHint: ${usual}.`,
  );
}

/** A value as one would call it. */
export function inWords(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name || "without a name"}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  // A tensor, which not everybody here knows.
  if ("shape" in value) return `a tensor of shape [${value.shape}]`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "an array of numbers";
  return JSON.stringify(value);
}
