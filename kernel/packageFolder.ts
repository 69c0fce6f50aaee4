import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package, found from any of its files by the package.json with our name. */
export function packageFolder(file: string | URL): string {
  const folder = dirname(fileURLToPath(file));
  return above(folder) ?? folder;
}

function above(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "downhill") return folder;
  return folder === dirname(folder) ? undefined : above(dirname(folder));
}
