import { declaredModules } from "../declaredModules.mjs";

/** One way to go on with a word. */
export interface Completion {
  readonly label: string;
  /** What it is, in JupyterLab's words: function, class, keyword … */
  readonly type: string;
  /** Its type, for example `(method) Math.sqrt(x: number): number`; only in lists that are short. */
  readonly signature?: string;
  /** What is written about it, in Markdown. */
  readonly documentation?: string;
}

/** What the checker says of a candidate: first its name, and more when it is asked again. */
export interface LspCompletion {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly insertText?: string;
  readonly detail?: string;
  readonly documentation?: string | { readonly value: string };
}

/** The candidates that can be written where the word stands, the likelier first and each name once. */
export function candidates(found: readonly LspCompletion[], word: string): LspCompletion[] {
  const begun = found.filter(
    ({ label }) =>
      label.toLowerCase().startsWith(word.toLowerCase()) && !label.startsWith(declaredModules),
  );
  const writable = begun
    .filter((item) => isWritable(item) && !isHidden(item, word))
    // The mark of a field that may be left out is no part of its name.
    .map((item) => ({ ...item, label: item.label.replace(/\?$/, "") }));
  return onePerName(ofFunctionsLast(writable.sort(byRank)));
}

/** A key that is no name would have to be written in brackets, for which the point would have to go. */
const isWritable = ({ insertText }: LspCompletion): boolean => !insertText?.startsWith("[");

/** Files that begin with a point are nobody's to import, unless one asks for them. */
const isHidden = ({ label }: LspCompletion, word: string): boolean =>
  label.startsWith(".") && !word.startsWith(".");

/** The likelier comes first; among those as likely as each other the checker has no order. */
const byRank = (a: LspCompletion, b: LspCompletion): number =>
  (a.sortText ?? a.label).localeCompare(b.sortText ?? b.label) || a.label.localeCompare(b.label);

/** What every function has; who completes one with members of its own looks for those. */
const ofFunctions = new Set(
  "apply arguments bind call caller length prototype toString".split(" "),
);

function ofFunctionsLast(items: readonly LspCompletion[]): readonly LspCompletion[] {
  const labels = new Set(items.map(({ label }) => label));
  if (!labels.has("apply") || !labels.has("bind")) return items;
  const common = (item: LspCompletion) => ofFunctions.has(item.label);
  return [...items.filter((item) => !common(item)), ...items.filter(common)];
}

/** A variable of a cell may have the name of a global; the nearer comes first. */
const onePerName = (items: readonly LspCompletion[]): LspCompletion[] =>
  [...new Map(items.toReversed().map((item) => [item.label, item])).values()].reverse();

/** A candidate with all that is known of it. */
export function completionOf({ label, kind, detail, documentation }: LspCompletion): Completion {
  const text = typeof documentation === "string" ? documentation : documentation?.value;
  // Names of other cells are imported, which says nothing of what they are.
  const [, declared] = /^\(alias\) (\w+)/.exec(detail ?? "") ?? [];
  return {
    label,
    type: kindsOfAliases.get(declared ?? "") ?? kinds[kind ?? 0] ?? "text",
    ...(detail === undefined ? {} : { signature: detail.replace(/^\(alias\) /, "") }),
    ...(text ? { documentation: text } : {}),
  };
}

const kindsOfAliases: ReadonlyMap<string, string> = new Map([
  ["class", "class"],
  ["enum", "enum"],
  ["function", "function"],
  ["interface", "interface"],
  ["namespace", "module"],
  ["type", "type"],
]);

/** The kinds of the language server protocol, by number. */
const kinds: readonly string[] =
  "text text method function function property variable class interface module property unit value enum keyword snippet color file reference folder enum constant class event operator type".split(
    " ",
  );
