/** What Node.js writes when it ends while a debugger is attached; the cell that ended it did not. */
const farewell = "Waiting for the debugger to disconnect...\n";

/** How it begins when Node.js finds no room on the stack to note that a promise was rejected. */
const head = "Exception in PromiseRejectCallback:\n";

/**
 * Such a remark whole, about a cell, a local file or Node.js itself. It shows what the compiler made of them, and tells
 * nothing that the error itself does not, which goes its way to who awaits the promise.
 */
const remark = /^.*\n(?:In\[[\d*]+\]|node:.*|.*\?v=\d+):\d+\n.*\n[ \t]*\^+\n\nRangeError: .*\n\n/;

/** How many lines it has. */
const lines = 7;

/** What passes text of stderr on. */
export interface Sieve {
  readonly take: (text: string) => void;
  /** Passes on what was kept because it could have become a remark. */
  readonly end: () => void;
}

/** Keeps back what Node.js itself says on stderr, in whatever pieces it arrives. */
export function withoutNodeRemarks(pass: (text: string) => void): Sieve {
  let kept = "";
  const give = (text: string) => {
    if (text !== "") pass(text);
  };
  const end = () => {
    give(kept);
    kept = "";
  };
  // What was cut by reading goes on with the next reading, which comes before an immediate.
  const release = () =>
    setTimeout(() => setImmediate(() => !kept.startsWith(head) && end()), 10).unref();
  return {
    take: (text) => {
      const { passing, rest } = sifted(kept + text);
      kept = rest;
      give(passing);
      if (kept !== "" && !kept.startsWith(head)) release();
    },
    end,
  };
}

/** What of a text is no remark, and the end of it that may be the beginning of one. */
function sifted(text: string): { readonly passing: string; readonly rest: string } {
  let passing = "";
  let rest = text.replaceAll(farewell, "");
  for (let at = rest.indexOf(head); at >= 0; at = rest.indexOf(head)) {
    passing += rest.slice(0, at);
    rest = rest.slice(at);
    const whole = remark.exec(rest)?.[0];
    if (whole === undefined) {
      if (rest.split("\n", lines + 1).length <= lines) return { passing, rest };
      // Somebody else wrote this line.
      passing += head;
    }
    rest = rest.slice((whole ?? head).length);
  }
  const end = rest.length - beginningOfHead(rest);
  return { passing: passing + rest.slice(0, end), rest: rest.slice(end) };
}

/** How many characters at the end of a text could be the beginning of a head, with which a line begins. */
function beginningOfHead(text: string): number {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  return head.startsWith(line) ? line.length : 0;
}
