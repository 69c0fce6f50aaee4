import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { declaredModules } from "../declaredModules.mjs";
import { root } from "./root.mjs";
import { run } from "./steps.mjs";

/**
 * Before each check the type checker goes through all files of its program, and merges what several of them say of
 * one name. So what cells are checked against are three files instead of five hundred:
 *
 * - language.d.ts: the language itself, as TypeScript brings it;
 * - node/index.d.ts: Node.js, where the notebook's folder has no @types/node of its own;
 * - library.d.ts: this library, and what cells have without an import.
 *
 * What was a module is one in them too; all names, types and comments stay.
 *
 * @param {string} folder where they are written
 */
export async function rollDeclarations(folder) {
  const [{ parseSync }, files] = await Promise.all([import("oxc-parser"), programFiles()]);
  refuseTwins(files.map(moduleName));
  const rolled = (/** @type {(file: string) => boolean} */ belongs) =>
    files
      .filter(belongs)
      .map((file) => declared(file, parseSync))
      .join("\n");
  const texts = {
    "language.d.ts": rolled((file) => /\/lib\/lib\.[^/]*$/.test(file)),
    "node/index.d.ts":
      nodePackages.map(licence).join("") +
      rolled((file) => nodePackages.some((name) => file.startsWith(home(name)))),
    "library.d.ts": rolled((file) => file.startsWith("dist/")) + given(),
  };
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** The packages that declare Node.js. */
const nodePackages = ["@types/node", "undici-types"];

/** @param {string} name */
const home = (name) => `node_modules/${name}/`;

/** The files that cells import, by the names under which package.json lets them. */
const entries = new Map([
  ["dist/src/index.d.ts", "downhill"],
  ["dist/kernel/config.d.ts", "downhill/config"],
  ["dist/kernel/pictures.d.ts", "downhill/pictures"],
]);

/** @param {string} file @returns {string} its path below the package's folder, or its name there */
function fromRoot(file) {
  return relative(root, resolve(root, file)).replaceAll("\\", "/");
}

/** @returns {Promise<string[]>} all files of a cell's program, in the order in which the compiler reads them */
async function programFiles() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = "--ignoreConfig --target esnext --module esnext --moduleResolution bundler";
  const { code, output } = await run(process.execPath, [
    compiler,
    ...`${options} --lib esnext --types node --listFilesOnly`.split(" "),
    ...entries.keys(),
  ]);
  if (code !== 0) throw new Error(`The files of a cell's program are unknown:\n${output}`);
  return output.trim().split("\n").map(fromRoot);
}

/**
 * The text of a file as part of a script: a module, whose names are its own, becomes the declaration of one.
 *
 * @param {string} file
 * @param {typeof import("oxc-parser").parseSync} parse
 */
function declared(file, parse) {
  const text = readFileSync(join(root, file), "utf8");
  const { program } = parse(file, text, { lang: "dts", sourceType: "module" });
  const isModule = program.body.some(({ type }) => /^(Import|Export)|^TSExport/.test(type));
  const edits = [
    // What these name is in the roll already, or comes with what else the program has.
    ...[...text.matchAll(/^\/\/\/ <reference .*$/gm)].map((found) => cut(found.index, found[0])),
    ...(isModule ? program.body.flatMap((statement) => withoutDeclare(statement, text)) : []),
    ...imports(program.body).flatMap(({ value, start, end }) => {
      const name = moduleImported(value, file);
      return name ? [{ start, end, text: JSON.stringify(name) }] : [];
    }),
  ];
  const result = edited(text, edits);
  return isModule ? `declare module "${moduleName(file)}" {\n${result}\n}\n` : result;
}

/** @typedef {import("oxc-parser").Statement} Statement */
/** @typedef {{ readonly start: number, readonly end: number, readonly text: string }} Edit */

/** @type {(start: number, text: string) => Edit} */
const cut = (start, text) => ({ start, end: start + text.length, text: "" });

/**
 * All in a declared module is declared.
 *
 * @param {Statement} statement
 * @param {string} text
 * @returns {Edit[]}
 */
function withoutDeclare(statement, text) {
  const inner = ("declaration" in statement && statement.declaration) || statement;
  if (!("declare" in inner) || !inner.declare) return [];
  return [cut(text.indexOf("declare ", inner.start), "declare ")];
}

/**
 * The names in quotes by which modules are imported anywhere below a node.
 *
 * @param {unknown} node
 * @returns {{ value: string, start: number, end: number }[]}
 */
function imports(node) {
  if (typeof node !== "object" || node === null) return [];
  const { type, source, expression } = /** @type {Record<string, any>} */ (node);
  const own = type === "TSExternalModuleReference" ? expression : source;
  return [
    ...(typeof own?.value === "string" ? [own] : []),
    ...Object.values(node).flatMap(imports),
  ];
}

/**
 * @param {string} specifier
 * @param {string} file which imports it
 * @returns {string | undefined} its name in the roll, if it has another one there
 */
function moduleImported(specifier, file) {
  if (/^\.\.?\//.test(specifier)) return moduleName(fromRoot(join(dirname(file), specifier)));
  return nodePackages.includes(specifier) ? moduleName(`${home(specifier)}index.d.ts`) : undefined;
}

/**
 * What nobody imports but the roll itself has a name that no package can have.
 *
 * @param {string} file
 */
function moduleName(file) {
  const path = file.replace(/(\.d)?\.ts$/, "");
  const inPackage = path
    .replace(/^node_modules\/(@typescript\/.*\/)?/, "")
    .replace(/^dist\/(src|kernel)\//, "downhill/")
    .replace(/\/index$/, "");
  return entries.get(`${path}.d.ts`) ?? `${declaredModules}${inPackage}`;
}

/** @param {readonly string[]} names */
function refuseTwins(names) {
  const twin = names.find((name, place) => names.indexOf(name) !== place);
  if (twin) throw new Error(`Each module needs a name of its own, but two are ${twin}.`);
}

/** @type {(text: string, edits: readonly Edit[]) => string} */
const edited = (text, edits) =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (before, { start, end, text }) => before.slice(0, start) + text + before.slice(end),
      text,
    );

/** @param {string} name */
const licence = (name) =>
  `/*\n${name}\n\n${readFileSync(join(root, home(name), "LICENSE"), "utf8")}*/\n`;

/** What cells have without an import, as global declarations. */
function given() {
  const folder = join(root, "kernel", "given");
  const files = readdirSync(folder).filter((name) => name !== "index.ts");
  const texts = files.map((name) =>
    readFileSync(join(folder, name), "utf8").replaceAll(/^import .*\n|^export /gm, ""),
  );
  const library = `/** This library, without an import. */\ndeclare const downhill: typeof import("downhill");\n`;
  return [library, ...texts].join("\n");
}
