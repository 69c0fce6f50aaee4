import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package, found from this file whether it runs as source or inside a bundle. */
export const root = packageFolder(dirname(fileURLToPath(import.meta.url)));

/** A clone has its sources and installs and builds itself; a package from npm comes built. */
export const isClone = existsSync(join(root, "src", "index.ts"));

/** @param {string} folder @returns {string} */
function packageFolder(folder) {
  const file = join(folder, "package.json");
  if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "downhill") return folder;
  if (dirname(folder) === folder) throw new Error("downhill's own package.json is missing.");
  return packageFolder(dirname(folder));
}
