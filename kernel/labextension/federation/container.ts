import { sharedModules } from "./sharedModules.ts";

/** JupyterLab's table of shared modules: name → version → how to get it. */
type ShareScope = Readonly<Record<string, Readonly<Record<string, SharedVersion>>>>;

interface SharedVersion {
  get(): Promise<() => unknown> | (() => unknown);
}

type ModuleMaker = () => Promise<Readonly<Record<string, unknown>>>;

/** Where this extension's files lie on the server, with a slash at the end. */
export const extensionFolder = folderOf(document.currentScript);

/**
 * Offers modules to JupyterLab by webpack's module-federation contract: JupyterLab loads the script,
 * calls `init` with its table of shared modules, then `get` with the name of what it wants.
 */
export function offer(
  name: string,
  sharedNames: readonly string[],
  makers: Readonly<Record<string, ModuleMaker>>,
): void {
  const page = globalThis as { _JUPYTERLAB?: Record<string, unknown> };
  page._JUPYTERLAB ??= {};
  let scope: ShareScope = {};
  page._JUPYTERLAB[name] = {
    init(shared: ShareScope) {
      scope = shared;
    },
    async get(wanted: string) {
      const make = makers[wanted];
      if (!make) throw new RangeError(`${name} has no module ${wanted}.`);
      await Promise.all(sharedNames.map((shared) => take(scope, shared)));
      const made = await make();
      // The mark by which JupyterLab knows that the extension is the default export.
      return () => ({ ...made, __esModule: true });
    },
  };
}

/** Our code imports shared modules synchronously, so they are fetched before it first runs. */
async function take(scope: ShareScope, name: string): Promise<void> {
  const versions = Object.entries(scope[name] ?? {});
  const newest = versions.sort(([one], [other]) => compareVersions(one, other)).at(-1)?.[1];
  if (!newest) throw new RangeError(`JupyterLab shares no ${name}.`);
  const factory = await newest.get();
  sharedModules.set(name, factory());
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function folderOf(script: Document["currentScript"]): string {
  const address = script instanceof HTMLScriptElement ? script.src : "";
  return address.slice(0, address.lastIndexOf("/") + 1);
}
