import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

/** A cell that other cells import as if it were a file beside the notebook. */
export interface CellModule {
  /** JavaScript. */
  readonly code: string;
  /** When it was last changed, in milliseconds, like a file's time of change. */
  readonly changed: number;
}

/** Modules among the cells by the address that their files would have. */
export type CellModules = Map<string, CellModule>;

/** The modules that cells of this process have defined. */
export const cellModules: CellModules = new Map();

/** Node 20 resolves imports in another thread, which hears of modules on the other end of this channel. */
const { port1: toHooks, port2: fromCells } = new MessageChannel();

/** The end for that thread; what was told before it listens waits there. */
export { fromCells };

/** Defines a module, or defines it anew. With the same code it stays the module that it was. */
export function defineModule(url: string, code: string): void {
  const known = cellModules.get(url);
  if (known?.code === code) return;
  // Two changes within a millisecond are two changes.
  const changed = Math.max(Date.now(), (known?.changed ?? 0) + 1);
  const entry = [url, { code, changed }] as const;
  cellModules.set(...entry);
  toHooks.postMessage(entry);
}

/** Source maps by the addresses that need them. */
export type Maps = Map<string, string>;

const maps: Maps = new Map();

/** The source maps of the local files whose lines moved when they were compiled, in whichever thread that was. */
export function mapsOfFiles(): Maps {
  for (;;) {
    const told = receiveMessageOnPort(toHooks) as { message: [string, string] } | undefined;
    if (!told) return maps;
    maps.set(...told.message);
  }
}
