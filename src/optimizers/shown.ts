import { shownAs } from "../shown.ts";

/** What can be shown by its rule. */
interface Ruled {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly rule: readonly string[];
  readonly source: string;
}

/** The same, and a notebook shows it by its rule in TeX, line by line, with its settings. */
export function shown<Method extends Ruled>(method: Method): Method {
  const value = () => ({ "text/plain": inPlainText(method), "text/markdown": inMarkdown(method) });
  return shownAs(method, value);
}

/** The settings that are numbers, words or switches; a schedule goes by its name. */
const settingsOf = ({ settings }: Ruled): string =>
  Object.entries(settings)
    .map(
      ([key, value]) =>
        `${key} = ${typeof value === "function" ? value.name || "schedule" : inBrief(value)}`,
    )
    .join(", ");

/** Another optimizer by its name. */
const inBrief = (value: unknown): string =>
  typeof value === "object" && value !== null && "name" in value
    ? String(value.name)
    : String(value);

const inPlainText = (method: Ruled): string =>
  [
    `${method.name} (${settingsOf(method)})`,
    ...method.rule.map((line) => `  ${line}`),
    method.source,
  ].join("\n");

function inMarkdown(method: Ruled): string {
  const lines = method.rule.map((line) => `& ${line}`).join(" \\\\ ");
  return [
    `**${method.name}** (${settingsOf(method)})`,
    `$$\\begin{aligned} ${lines} \\end{aligned}$$`,
    method.source,
  ].join("\n\n");
}
