import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** The file that a path such as `lodash/debounce` means: as in TypeScript and CommonJS the ending, or `index.js`, may be missing. */
export function fileInPackage(specifier: string, importer: string): string | undefined {
  try {
    return pathToFileURL(createRequire(importer).resolve(specifier)).href;
  } catch {
    return undefined;
  }
}
