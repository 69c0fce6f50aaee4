import type { Completion } from "./completions.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { Leisure } from "./Leisure.ts";
import { lastingTypes } from "./lastingTypes.ts";
import type { Types } from "./Types.ts";

/** The type checker as the kernel knows it: it starts with the first question. */
export interface TypeChecker {
  /** Whether it has started, so that an answer takes milliseconds. */
  readonly isWarm: () => boolean;
  /** When there is time for cells that need not be checked before they run. */
  readonly leisure: Leisure;
  readonly diagnose: (source: string) => Promise<Diagnostic[]>;
  /** Makes a cell part of the program; when that cannot be, the log says why. */
  readonly commit: (source: string) => Promise<void>;
  /** The errors of a cell that runs meanwhile, found when there is time; then it is part of the program. */
  readonly check: (source: string, running: Promise<unknown>) => Promise<Diagnostic[]>;
  readonly complete: (
    source: string,
    offset: number,
  ) => Promise<{ from: number; items: Completion[] }>;
  readonly inspect: Types["inspect"];
  readonly close: () => void;
}

/** A type checker for cells beside `notebook`; it costs nothing before somebody asks it. */
export function lazyTypes(
  notebook: string,
  packageFolder: string,
  log: (line: string) => void,
): TypeChecker {
  const { types, isWarm, diagnose, commit, close } = lastingTypes(notebook, packageFolder, log);
  const leisure = new Leisure();
  let checks: Promise<unknown> | undefined;
  /** Cells are checked in the order in which they ran, because each knows those before it. */
  const check = (source: string, running: Promise<unknown>): Promise<Diagnostic[]> => {
    const since = performance.now();
    checks ??= beginning(running);
    const found = checks.then(async () => {
      await leisure.comes(since);
      return diagnose(source);
    });
    // Whoever wants what was found hears why nothing could be.
    checks = found.catch(() => undefined).then(() => commit(source));
    return found;
  };
  /** Who asks about a cell wants an answer that knows all cells before it. */
  const withAllCells = async () => {
    leisure.begin();
    await checks;
    return types();
  };
  return {
    isWarm,
    leisure,
    diagnose,
    commit,
    check,
    complete: async (source, offset) => (await withAllCells()).complete(source, offset),
    inspect: async (source, offset, options) =>
      (await withAllCells()).inspect(source, offset, options),
    close,
  };
}

/** The first cell comes first, unless it takes long: the checker takes its time to start. */
const beginning = (running: Promise<unknown>): Promise<unknown> =>
  Promise.race([Promise.allSettled([running]), new Promise((resolve) => setTimeout(resolve, 50))]);
