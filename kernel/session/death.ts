/** Why a user process ended, in words for the cell that was running. */
export interface Death {
  readonly ename: string;
  readonly evalue: string;
}

const consequence =
  "A new process has been started. All variables, functions and imports are gone: run the cells you need again.";

/** What an exit code, a signal and V8's last words mean. */
export function deathOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  report: string,
  memory?: number,
): Death {
  const [ename, reason] = reasonOf(code, signal, report, memory);
  return { ename, evalue: `${reason}\n${consequence}` };
}

function reasonOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  report: string,
  memory: number | undefined,
): [ename: string, reason: string] {
  if (/out of memory|Allocation failed|invalid array length Allocation/i.test(report)) {
    const limit = memory === undefined ? "there is" : `the limit of ${memory} MB`;
    return ["OutOfMemory", `The cell needed more memory than ${limit}.`];
  }
  switch (signal) {
    case "SIGABRT":
    case "SIGTRAP":
    case "SIGILL":
      return ["Aborted", `The process of the cells was aborted (${signal}).${firstLine(report)}`];
    case "SIGSEGV":
    case "SIGBUS":
      return ["Crashed", `The process of the cells crashed (${signal}), perhaps in native code.`];
    case "SIGKILL":
      return ["Killed", "The process of the cells was killed, perhaps because memory ran out."];
    case null:
      return ["ProcessExit", `The process of the cells ended with exit code ${code}.`];
    default:
      return ["Killed", `The process of the cells was ended by the signal ${signal}.`];
  }
}

const firstLine = (report: string): string => {
  const line = report.split("\n").find((text) => /FATAL|Assertion|Fatal/.test(text));
  return line ? `\n${line.trim()}` : "";
};

/** Whether text on stderr is the beginning of Node's or V8's report of its own end. */
export const isCrashReport = (text: string): boolean =>
  /<--- Last few GCs --->|^\s*FATAL ERROR:|^\s*#\s*$\s*# Fatal|----- Native stack trace -----/m.test(
    text,
  );

/** The end of a process in which a cell spoke to the host as if it were the kernel. */
export const forgery: Death = {
  ename: "Forgery",
  evalue: `The cell wrote to file descriptor 3, 4 or 5, on which only the kernel speaks, so its process was ended.\n${consequence}`,
};

/** The end of a process that lived on without the kernel. */
export const cutOff: Death = {
  ename: "CutOff",
  evalue: `The cell closed file descriptor 3, 4 or 5, by which the kernel and it speak, so its process was ended.\n${consequence}`,
};

/** The end of a process that had to be killed because an interrupt could not stop it. */
export const hopeless: Death = {
  ename: "KeyboardInterrupt",
  evalue: `The cell could not be interrupted where it was, so its process was ended.\n${consequence}`,
};

/** The end of a process with the kernel itself. */
export const closed: Death = {
  ename: "KernelEnded",
  evalue:
    "The kernel was ended while the cell ran.\nHint: start it again, and run the cells you need.",
};
