/** One cell that ran: its number, its text, and its value as text if it had one. */
export interface Entry {
  readonly session: number;
  readonly line: number;
  readonly source: string;
  readonly output?: string | undefined;
}

/** Which entries are asked for, in the words of `history_request`. */
export type Question =
  | { readonly kind: "tail"; readonly n: number }
  | {
      readonly kind: "range";
      readonly session: number;
      readonly start: number;
      readonly stop: number;
    }
  | {
      readonly kind: "search";
      readonly pattern: string;
      readonly n: number;
      readonly unique: boolean;
    };

/** The entries that answer a question, oldest first. The present session is 0; negative ones count back from it. */
export function find(entries: readonly Entry[], question: Question): Entry[] {
  switch (question.kind) {
    case "tail":
      return question.n > 0 ? entries.slice(-question.n) : [];
    case "range": {
      const earlier = [...new Set(entries.map((entry) => entry.session))].filter(Boolean);
      const session = question.session < 0 ? earlier.at(question.session) : question.session;
      return entries.filter(
        (entry) =>
          entry.session === session && entry.line >= question.start && entry.line < question.stop,
      );
    }
    case "search": {
      const pattern = glob(question.pattern);
      const found = entries.filter(({ source }) => pattern.test(source));
      const kept = question.unique ? lastOfEach(found) : found;
      return question.n > 0 ? kept.slice(-question.n) : kept;
    }
  }
}

const lastOfEach = (entries: readonly Entry[]): Entry[] => [
  ...new Map(entries.map((entry) => [entry.source, entry])).values(),
];

/** `*` stands for any text and `?` for any character. */
const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  );
