import { type Debugger, Session } from "node:inspector";
import type { FromControl, ToControl } from "../link/index.ts";

/** What the host hears of by itself; V8 has more to say, at each script that Node.js loads. */
const events = ["Debugger.paused", "Debugger.resumed", "Debugger.breakpointResolved"] as const;

/**
 * V8's inspector of the learner's thread, on behalf of a debugger. It is opened with the first request and
 * works also while the learner's thread computes or stands at a breakpoint.
 */
export function inspection(tell: (message: FromControl) => void) {
  let session: Session | undefined;
  let paused = false;
  let whenResumed: (() => void) | undefined;

  const open = (): Session => {
    const opened = new Session();
    opened.connectToMainThread();
    for (const method of events) {
      opened.on(method, ({ params: parameters }: { params: object }) => {
        paused = method === "Debugger.paused" || (paused && method !== "Debugger.resumed");
        tell(seen(method, parameters ?? {}));
        if (paused) return;
        whenResumed?.();
        whenResumed = undefined;
      });
    }
    opened.on("Debugger.scriptParsed", ({ params: parameters }) => {
      if (parameters.url) tell(seen("Debugger.scriptParsed", scriptOf(parameters)));
    });
    return opened;
  };

  const inspect = ({ id, method, parameters }: Extract<ToControl, { type: "inspect" }>): void => {
    session ??= open();
    session.post(method, parameters, (error, result) =>
      tell({
        type: "inspected",
        id,
        ...(error ? { error: error.message } : { result: (result as object | undefined) ?? {} }),
      }),
    );
  };

  /** Ends the cell that stands at a breakpoint, if one does: code that stands still cannot be stopped otherwise. */
  const endPaused = (ended: () => void): boolean => {
    if (!paused || !session) return false;
    whenResumed = ended;
    session.post("Debugger.resume", { terminateOnResume: true });
    return true;
  };

  const leave = (): void => {
    session?.disconnect();
    session = undefined;
    paused = false;
  };

  return { inspect, endPaused, leave };
}

/** What the host wants of a script. Only local modules bring a source map that it reads; the others may be long. */
const scriptOf = ({ scriptId, url, sourceMapURL }: Debugger.ScriptParsedEventDataType) => ({
  ...{ scriptId, url },
  ...(/\?v=\d+$/.test(url) && sourceMapURL ? { sourceMapURL } : {}),
});

const seen = (method: string, parameters: object): FromControl => ({
  type: "seen",
  method,
  parameters,
});
