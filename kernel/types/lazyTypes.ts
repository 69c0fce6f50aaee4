import type { Completion, Diagnostic, Types } from "./Types.ts";

/** The type checker as the kernel knows it: it starts with the first question. */
export interface TypeChecker {
  /** Whether it has started, so that an answer takes milliseconds. */
  readonly isWarm: () => boolean;
  readonly diagnose: (source: string) => Promise<Diagnostic[]>;
  readonly commit: (source: string) => Promise<void>;
  readonly complete: (
    source: string,
    offset: number,
  ) => Promise<{ from: number; items: Completion[] }>;
  readonly inspect: (source: string, offset: number) => Promise<string | undefined>;
  readonly close: () => void;
}

/** A type checker for cells beside `notebook`; it costs nothing before somebody asks it. */
export function lazyTypes(notebook: string, packageFolder: string): TypeChecker {
  let warm = false;
  let started: Promise<Types> | undefined;
  const start = async () => {
    const { Types } = await import("./Types.ts");
    return new Types(notebook, packageFolder);
  };
  const types = () => {
    started ??= start();
    return started;
  };
  return {
    isWarm: () => warm,
    diagnose: async (source) => {
      const diagnostics = await (await types()).diagnose(source);
      warm = true;
      return diagnostics;
    },
    commit: async (source) => (await types()).commit(source),
    complete: async (source, offset) => (await types()).complete(source, offset),
    inspect: async (source, offset) => (await types()).inspect(source, offset),
    close: () => void started?.then((running) => running.close()).catch(() => undefined),
  };
}
