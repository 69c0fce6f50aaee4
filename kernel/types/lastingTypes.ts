import type { Diagnostic } from "./diagnostics.ts";
import type { Types } from "./Types.ts";

/** A type checker that starts when it is wanted, and anew when its process has ended. */
export function lastingTypes(notebook: string, packageFolder: string, log: (line: string) => void) {
  let warm = false;
  let started: Promise<Types> | undefined;
  const committed: string[] = [];
  const unknown = (error: unknown) => log(`a cell is unknown to the types: ${error}`);
  const types = (): Promise<Types> => {
    started ??= import("./Types.ts").then(({ Types }) => {
      const running = new Types(notebook, packageFolder, ended);
      for (const source of committed) running.commit(source).catch(unknown);
      return running;
    });
    return started;
  };
  const close = () => void started?.then((running) => running.close()).catch(() => undefined);
  /** One that has answered before it ended, perhaps for want of memory, has a successor that knows what it knew. */
  const ended = () => {
    if (!warm) return;
    log("the type checker has ended, and begins anew");
    close();
    [started, warm] = [undefined, false];
  };
  return {
    types,
    close,
    isWarm: () => warm,
    diagnose: async (source: string): Promise<Diagnostic[]> => {
      const diagnostics = await (await types()).diagnose(source);
      warm = true;
      return diagnostics;
    },
    commit: (source: string): Promise<void> =>
      types()
        .then((running) => {
          committed.push(source);
          return running.commit(source);
        })
        .catch(unknown),
  };
}
