import { find, type Question } from "../session/index.ts";
import type { Content } from "../wire/index.ts";
import type { Handler } from "./Kernel.ts";

/** Earlier cells, as consoles offer them on the up arrow. */
export const history: Handler = ({ history, historyFiles }, { content }) => {
  const output = content.output === true;
  const found = find([...(historyFiles?.earlier() ?? []), ...history], question(content));
  return {
    status: "ok",
    history: found.map((entry) => [
      entry.session,
      entry.line,
      output ? [entry.source, entry.output ?? null] : entry.source,
    ]),
  };
};

function question(content: Content): Question {
  const number = (field: string, otherwise: number) =>
    typeof content[field] === "number" ? content[field] : otherwise;
  switch (content.hist_access_type) {
    case "range": {
      const stop = number("stop", Number.POSITIVE_INFINITY);
      return { kind: "range", session: number("session", 0), start: number("start", 1), stop };
    }
    case "search": {
      const pattern = String(content.pattern ?? "*");
      return { kind: "search", pattern, n: number("n", 0), unique: content.unique === true };
    }
    default:
      return { kind: "tail", n: number("n", 10) };
  }
}
