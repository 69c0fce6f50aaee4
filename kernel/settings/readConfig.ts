import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config } from "../config.ts";
import { nearest } from "../nearest.ts";
import { configName } from "./findConfig.ts";
import { literalsOf, type Written } from "./literals.ts";
import { rules } from "./rules.ts";

/** What a config file sets, and what is wrong with it. */
export interface ConfigRead {
  readonly config: Config;
  readonly complaints: readonly string[];
}

/** Reads a config file without running it. A setting that cannot be used is told and left as it was. */
export function readConfig(file: string): ConfigRead {
  const read = fieldsOf(file);
  if (typeof read === "string") return { config: {}, complaints: [read] };
  const complaints = read.flatMap((written) => complaintAbout(written, dirname(file)) ?? []);
  const good = read.filter((written) => complaintAbout(written, dirname(file)) === undefined);
  const config: Config = Object.fromEntries(good.map(({ name, value }) => [name, value]));
  // Cells may run in a folder below.
  const preload = config.preload && { preload: resolve(dirname(file), config.preload) };
  return { config: { ...config, ...preload }, complaints };
}

/** The settings in a file, or what is wrong with the file as a whole. */
function fieldsOf(file: string): Written[] | string {
  try {
    return literalsOf(readFileSync(file, "utf8")) ?? noObject;
  } catch (error) {
    const { name, message, line } = error as Error & { readonly line?: number };
    return `${configName} must be TypeScript that can be read, but ${at(line)}${name}: ${message}\nHint: until it can be read, nothing of it is used.`;
  }
}

const at = (line: number | undefined) => (line === undefined ? "" : `line ${line} is not: `);

const noObject = `${configName} must export an object by default, but it does not.\nHint: export default defineConfig({ types: "strict" });`;

const isSetting = (name: string): name is keyof Config => Object.hasOwn(rules, name);

function complaintAbout({ name, line, value, text }: Written, folder: string): string | undefined {
  const place = `${configName}, line ${line}`;
  if (!isSetting(name)) {
    const hint = /^[\w$]+$/.test(name)
      ? `did you mean ${nearest(name, Object.keys(rules))}?`
      : "write each setting as name: value.";
    return `${place}: there are the settings ${Object.keys(rules).join(", ")}, but none is ${name}.\nHint: ${hint}`;
  }
  const { expected, accepts, hint } = rules[name];
  if (value === undefined)
    return `${place}: ${name} must be written out as ${expected}, but it is computed: ${text}\nHint: this file is read and does not run; the environment can set what must be computed.`;
  if (accepts(value, folder)) return undefined;
  return `${place}: ${name} must be ${expected}, but it is ${text}.\nHint: ${hint}`;
}
