import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { CellModule, CellModules } from "./cellModules.ts";
import { localModules, type Ours } from "./localModules.ts";

/** The entry of Node 20's thread for import hooks. */
let hooks: ReturnType<typeof localModules>;
let cells: MessagePort;
const modules: CellModules = new Map();

export function initialize({
  fromCells,
  ...ours
}: Ours & { readonly fromCells: MessagePort }): void {
  cells = fromCells;
  hooks = localModules(ours, modules, (url, map) => cells.postMessage([url, map]));
}

export const resolve: ReturnType<typeof localModules>["resolve"] = (...all) => {
  hear();
  return hooks.resolve(...all);
};
export const load: ReturnType<typeof localModules>["load"] = (...all) => hooks.load(...all);

/** What a cell defines before it imports has arrived when the import does. */
function hear(): void {
  for (;;) {
    const heard = receiveMessageOnPort(cells) as { message: [string, CellModule] } | undefined;
    if (!heard) return;
    modules.set(...heard.message);
  }
}
