import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { declaredModules } from "../declaredModules.mjs";

/** The file that is asked about. No module of a cell can have its name, nor that of the other cells. */
export const thisCell = "this-cell.ts";

/** Where the type checker works: a folder of its own, so that nothing is written beside the notebook. */
export interface Workspace {
  readonly folder: string;
  readonly compiler: string;
  readonly uri: (file: string) => string;
  readonly remove: () => void;
}

/** Makes the folder in which cells are checked as if they stood in `notebook`. */
export function makeWorkspace(notebook: string, packageFolder: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "downhill-types-"));
  const modules = join(notebook, "node_modules");
  if (existsSync(modules)) symlinkSync(modules, join(folder, "node_modules"), "junction");
  else mkdirSync(join(folder, "node_modules"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify(configuration(folder, notebook, packageFolder)),
  );
  writeFileSync(join(folder, "tslab.d.ts"), tslab);
  writeFileSync(join(folder, thisCell), "export {};");
  return {
    folder,
    compiler: compilerPath(packageFolder),
    uri: (file) => pathToFileURL(join(folder, file)).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What does not depend on where a notebook stands. */
const anywhere = {
  target: "esnext",
  lib: ["esnext"],
  // All parts of the language are found in one file; the DOM, where a package asks for it, is TypeScript's own.
  libReplacement: true,
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  strict: true,
  // A cell may say error.message of what it caught.
  useUnknownInCatchVariables: false,
  noEmit: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  // A local file may have elements of JSX in it.
  jsx: "preserve",
  types: ["node"],
};

function configuration(folder: string, notebook: string, packageFolder: string): object {
  const homes = [
    join(notebook, "node_modules"),
    join(packageFolder, "node_modules"),
    dirname(packageFolder),
  ];
  const [theirs, ...ours] = homes.map((home) => join(home, "@types"));
  const rolled = join(packageFolder, "dist/kernel/types");
  const language = join(rolled, "language.d.ts");
  const library = join(rolled, "library.d.ts");
  return {
    compilerOptions: {
      ...anywhere,
      typeRoots: [theirs, rolled, ...ours],
      // Cells and the files beside the notebook see each other as neighbours.
      rootDirs: [folder, notebook],
      paths: {
        "@typescript/lib-es*": [language],
        "@typescript/lib-decorators*": [language],
        downhill: [library],
        "downhill/config": [library],
        "downhill/pictures": [library],
        [`${declaredModules}*`]: [library],
        tslab: [join(folder, "tslab.d.ts")],
        "*": homes.map((home) => join(home, "*")),
      },
    },
    files: [thisCell, library],
  };
}

/** The native compiler of this platform, which the package `typescript` brings. */
function compilerPath(packageFolder: string): string {
  const ours = createRequire(join(packageFolder, "package.json"));
  const typescript = createRequire(ours.resolve("typescript/package.json"));
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "tsc.exe" : "tsc";
  return join(dirname(typescript.resolve(`${name}/package.json`)), "lib", file);
}

/** What a notebook that was written for tslab imports. */
const tslab = `
export interface Display {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, form: string | Uint8Array): void;
}
export declare const display: Display;
export declare function newDisplay(): Display;
export declare const versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
`;
