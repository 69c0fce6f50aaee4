/** The addresses of the kernel's own files begin with this. */
const kernel = new URL("..", import.meta.url).href;
/** Where the library's functions open the file that holds them, which is no call of its own. */
const doors = new URL("../../src/index.js", import.meta.url).href;

/** Whether a line of a stack trace is the inside of Node or of the kernel, or what the kernel puts before a cell: no news to a learner. */
export const isInside = (line: string): boolean =>
  /\bnode:(?:internal|vm|async_hooks)\b|\bIn\[[\d*]+\]:1:-/.test(line) ||
  line.includes(kernel) ||
  line.includes(`${doors}:`);

/**
 * A text in which errors stand as Node writes them, with the calls that the learner and libraries made; what called the
 * cell is left out, which would tell the folders of this machine to everybody who reads the notebook.
 */
export function withoutInside(text: string): string {
  if (!text.includes(kernel)) return text.includes("?v=") ? withoutVersions(text) : text;
  return withoutVersions(text).replace(trace, (calls) => {
    const lines = calls.split("\n").slice(1);
    const cell = lines.findLastIndex((line) => /\bIn\[[\d*]+\]:/.test(line));
    const kept = (cell < 0 ? lines : lines.slice(0, cell + 1)).filter((line) => !isInside(line));
    // The properties of an error begin behind its last call.
    const brace = / \{$/.test(calls) && !kept.at(-1)?.endsWith(" {") ? " {" : "";
    return `${kept.map((line) => `\n${line}`).join("")}${brace}`;
  });
}

/** Calls, and the sentence by which Node spares repeating some. */
const trace = /(?:\n[ \t]+(?:at [^\n]+|\.\.\. \d+ lines matching cause stack trace \.\.\.))+/g;

/**
 * A local file is loaded anew under an address of its own, and some of its lines move when they become JavaScript;
 * its reader knows one file.
 */
export const withoutVersions = (text: string): string =>
  text
    .replace(/(file:\S+?\.[mc]?tsx?\?v=\d+):(\d+):(\d+)/g, (_, url, line, column) => {
      const place = placeIn(url, { line: Number(line), column: Number(column) - 1 });
      return `${url}:${place.line}:${place.column + 1}`;
    })
    .replace(/(?<=\.[mc]?tsx?)\?v=\d+(?=:\d)/g, "");

/** Tells where in a local file it stands what stands here in the JavaScript at this address. */
export type PlaceIn = (url: string, place: Place) => Place;

/** Line from 1, column from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

let placeIn: PlaceIn = (_url, place) => place;

/** Whoever loads local files knows their places. */
export function askForPlaces(of: PlaceIn): void {
  placeIn = of;
}
