import { localModules, type Ours } from "./localModules.ts";

/** The entry of Node 20's thread for import hooks. */
let hooks: ReturnType<typeof localModules>;

export function initialize(ours: Ours): void {
  hooks = localModules(ours);
}

export const resolve: ReturnType<typeof localModules>["resolve"] = (...all) =>
  hooks.resolve(...all);
export const load: ReturnType<typeof localModules>["load"] = (...all) => hooks.load(...all);
