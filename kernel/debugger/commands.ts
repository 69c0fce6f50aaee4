import type { Wish } from "./Breakpoints.ts";
import type { CellDebugger, Filter } from "./CellDebugger.ts";
import { naming } from "./cellPath.ts";
import type { Pause } from "./Pause.ts";
import { type DebugRequest, thread } from "./protocol.ts";
import type { Move } from "./stepping.ts";
import { type Listed, NoValue } from "./Values.ts";

type Arguments = DebugRequest["arguments"];
type Body = object | undefined;

/** Answers a request by its command; what it gives is the body of the response. */
type Command = (given: Arguments) => Body | Promise<Body>;

const capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsModulesRequest: true,
  exceptionBreakpointFilters: [
    { filter: "uncaught", label: "Errors that no cell catches", default: false },
    { filter: "all", label: "All errors", default: false },
  ],
};

/** Everything that a front end can ask of a debugger, by command. */
export function commandsOf(cells: CellDebugger): Readonly<Record<string, Command>> {
  const client = { isStarted: false, showsTypes: true };
  return { ...life(cells, client), ...places(cells), ...moves(cells), ...values(cells, client) };
}

interface Client {
  isStarted: boolean;
  /** JupyterLab shows the type of a value in the place of the value, unless it is one of Python's. */
  showsTypes: boolean;
}

/** How a debugger comes and goes. */
function life(cells: CellDebugger, client: Client): Record<string, Command> {
  return {
    initialize: ({ clientID }) => {
      client.isStarted = true;
      client.showsTypes = clientID !== "jupyterlab";
      return capabilities;
    },
    attach: () => cells.inTurn(() => cells.attach()),
    configurationDone: () => undefined,
    disconnect: async () => {
      await cells.inTurn(() => cells.detach());
      client.isStarted = false;
    },
    debugInfo: () => ({
      isStarted: client.isStarted,
      ...naming,
      breakpoints: cells.breakpoints.told,
      stoppedThreads: cells.pause ? [thread.id] : [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    }),
    threads: () => ({ threads: [thread] }),
  };
}

/** Where code stands and where it is to stop. */
function places(cells: CellDebugger): Record<string, Command> {
  return {
    dumpCell: ({ code }) => ({ sourcePath: cells.know(text(code, "code")) }),
    setBreakpoints: ({ source, breakpoints = [] }) => {
      const path = pathIn(source);
      return cells.inTurn(async () => ({
        breakpoints: await cells.breakpoints.set(path, cells.textAt(path), breakpoints as Wish[]),
      }));
    },
    setExceptionBreakpoints: async ({ filters = [] }) => {
      await cells.stopAtErrors(filters as Filter[]);
    },
    source: async ({ source }) => {
      const path = pathIn(source);
      const content = await cells.sourceOf(path);
      if (content !== undefined) return { content, mimeType: "application/typescript" };
      throw new Error(
        `Nothing is known of ${path}.\nHint: it is no file; a cell has to be told with dumpCell first.`,
      );
    },
    modules: () => {
      const modules = cells.files.list;
      return { modules, totalModules: modules.length };
    },
    stackTrace: () => {
      const stackFrames = cells.pause?.frames ?? [];
      return { stackFrames, totalFrames: stackFrames.length };
    },
  };
}

/** How a paused cell goes on. */
function moves(cells: CellDebugger): Record<string, Command> {
  const go = (move: Move) => async () => {
    await cells.go(move);
    return move === "resume" ? { allThreadsContinued: true } : undefined;
  };
  return {
    continue: go("resume"),
    next: go("stepOver"),
    stepIn: go("stepInto"),
    stepOut: go("stepOut"),
    pause: async () => {
      await cells.stopSoon();
    },
  };
}

/** What the variables hold. */
function values(cells: CellDebugger, client: Client): Record<string, Command> {
  const told = (listed: readonly Listed[]) => ({
    variables: listed.map(({ type, ...rest }) => ({
      ...rest,
      evaluateName: rest.name,
      ...(client.showsTypes ? { type } : {}),
    })),
  });
  return {
    scopes: async ({ frameId }) => ({ scopes: await paused(cells).scopes(Number(frameId)) }),
    variables: async ({ variablesReference }) => {
      const reference = Number(variablesReference);
      const { pause, values } = cells;
      return told(await (pause ? pause.variables(reference) : values.open(reference)));
    },
    inspectVariables: async () => {
      if (!cells.pause) await cells.values.forget();
      return told(await cells.values.session());
    },
    evaluate: async ({ expression, frameId }) => {
      const value = await evaluated(cells, text(expression, "expression"), frameId);
      const { value: result, type, variablesReference } = await cells.values.one("", value);
      return { result, ...(client.showsTypes ? { type } : {}), variablesReference };
    },
    richInspectVariables: async ({ variableName, frameId }) => {
      try {
        const value = await evaluated(cells, text(variableName, "variableName"), frameId);
        return await cells.values.rich(value, cells.pause === undefined);
      } catch (error) {
        // A part of a value is no variable, and front ends ask for those too.
        if (error instanceof NoValue || error instanceof SyntaxError) return nothing;
        throw error;
      }
    },
    copyToGlobals: async ({ srcVariableName, dstVariableName, srcFrameId }) => {
      const value = await evaluated(cells, text(srcVariableName, "srcVariableName"), srcFrameId);
      await cells.values.assign(text(dstVariableName, "dstVariableName"), value);
      return {};
    },
  };
}

const nothing = { data: {}, metadata: {} };

/** The value of an expression in a frame, or without one among the session's variables. */
async function evaluated(cells: CellDebugger, expression: string, frameId: unknown) {
  const { pause, values } = cells;
  if (!pause || frameId === undefined || frameId === null) return values.evaluate(expression);
  const { callFrameId } = pause.frame(Number(frameId));
  const locals = await pause.localNames(Number(frameId));
  return values.evaluate(expression, { callFrameId, locals });
}

function paused({ pause }: CellDebugger): Pause {
  if (pause) return pause;
  throw new Error("No cell is paused.\nHint: set a breakpoint and run the cell.");
}

function text(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(`The request needs ${name} as a string, but it is ${typeof value}.`);
}

const pathIn = (source: unknown): string =>
  text((source as { path?: unknown } | undefined)?.path, "source.path");
