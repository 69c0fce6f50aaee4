import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Completion } from "./completions.ts";
import type { LspPlace } from "./Lsp.ts";

/** The signatures that fit the call around the cursor. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly activeSignature?: number;
}

interface Signature {
  readonly label: string;
  readonly documentation?: Text;
  readonly parameters?: readonly { readonly label: string; readonly documentation?: Text }[];
  readonly activeParameter?: number;
}

type Text = string | { readonly value: string };

/** Where something is declared. */
export interface Definition {
  readonly targetUri: string;
  readonly targetRange: { readonly start: LspPlace; readonly end: LspPlace };
}

/** What a call wants, in Markdown: its signature, the argument at the cursor with its fields, and other ways to call it. */
export function signatureText(
  help: SignatureHelp | null,
  fields: readonly Completion[] = [],
): string | undefined {
  const active = help?.activeSignature ?? 0;
  const signature = help?.signatures[active];
  if (!signature) return undefined;
  const others = help!.signatures.filter((_, at) => at !== active).map(({ label }) => label);
  return [
    code(signature.label),
    argument(signature),
    fieldsText(fields),
    textOf(signature.documentation),
    others.length > 0 ? `or\n${code(others.join("\n"))}` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The argument at the cursor, with what is written about it. */
function argument({ parameters, activeParameter }: Signature): string {
  const parameter = parameters?.[activeParameter ?? 0];
  if (!parameter) return "";
  const text = textOf(parameter.documentation);
  const { label } = parameter;
  const short = label.length > longest ? label.replace(/:.*/s, "") : label;
  return `Here: \`${short}\`${text === "" ? "" : ` — ${text}`}`;
}

/** Characters of a parameter with its type; a longer one stands in the signature, and is called by its name. */
const longest = 60;

/** The fields of an object that a call takes, one a line; nothing where other words may come, too. */
function fieldsText(items: readonly Completion[]): string {
  if (!items.every(({ type, signature }) => /^(property|method)$/.test(type) && signature))
    return "";
  const fields = items.map(({ signature, documentation = "" }) => {
    const field = signature!
      .replace(/^\((?:property|method)\) (?:[\w$<>, ]+\.)?/, "")
      .replaceAll(/\s+/g, " ");
    const [about] = documentation.split("\n\n");
    // That it may be left out, its mark says.
    const type = /^[\w$]+\?/.test(field) ? field.replace(/ \| undefined$/, "") : field;
    return `- \`${type}\`${about ? ` — ${about.replaceAll("\n", " ")}` : ""}`;
  });
  return fields.join("\n");
}

const code = (text: string): string => `\`\`\`typescript\n${text}\n\`\`\``;

const textOf = (text: Text | undefined): string =>
  (typeof text === "string" ? text : (text?.value ?? "")).trim();

/** What the checker says about a word, in Markdown; nothing about a name that nothing declares. */
export function hoverText(told: string): string | undefined {
  if (told.trim() === ofUnknownName) return undefined;
  // Names of other cells are imported, of which their reader knows nothing.
  return told.replace(/^```typescript\n\(alias\) /, "```typescript\n");
}

/** What the checker says of a name that nothing declares. */
const ofUnknownName = "```typescript\nany\n```";

/** The text of a declaration, in Markdown; of one that has no more than its type, nothing. */
export function sourceText(
  definition: Definition | undefined,
  shown: { readonly uri: string; readonly text: string },
): string | undefined {
  if (!definition || definition.targetUri.endsWith(".d.ts")) return undefined;
  const { targetUri, targetRange } = definition;
  const text =
    targetUri === shown.uri ? shown.text : readFileSync(fileURLToPath(targetUri), "utf8");
  // The last statement of a cell may go on to the semicolon that stands behind each cell.
  return code(between(text, targetRange).replace(/\n;$/, ""));
}

function between(text: string, { start, end }: Definition["targetRange"]): string {
  const lines = text.split("\n").slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]!.slice(0, end.character);
  lines[0] = lines[0]!.slice(start.character);
  return lines.join("\n");
}
