import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * @typedef {object} Extension
 * @property {string} name  Folder and package name.
 * @property {string} version
 * @property {Readonly<Record<string, string>>} modules  What JupyterLab asks for → source file.
 * @property {readonly string[]} shared  Modules JupyterLab lends (its own copies must be used).
 * @property {Readonly<Record<string, string>>} [define]  Constants for the source.
 * @property {Readonly<Record<string, Uint8Array>>} [files]  Further files for `static/`.
 * @property {Readonly<Record<string, unknown>>} load  `_build` of package.json beside `load`.
 */

/**
 * Writes a prebuilt JupyterLab extension into `folder`: a module-federation container made by
 * esbuild. The official builder makes the same from 109 MB of packages with a native bundler;
 * the contract is two functions (see container.ts), tested in the real JupyterLab.
 *
 * @param {Extension} extension
 * @param {string} folder
 */
export async function federate(extension, folder) {
  const { name, version, files = {} } = extension;
  const code = await bundle(extension);
  const load = `static/remoteEntry.${fingerprint(code)}.js`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "static"), { recursive: true });
  await writeFile(join(folder, load), code);
  for (const [file, bytes] of Object.entries(files))
    await writeFile(join(folder, "static", file), bytes);
  await writeJson(join(folder, "package.json"), {
    name,
    version,
    license: "MIT",
    jupyterlab: { outputDir: ".", _build: { load, ...extension.load } },
  });
  await writeJson(join(folder, "install.json"), {
    packageManager: "npm",
    packageName: "downhill",
    uninstallInstructions: "Run `downhill uninstall`, or remove this folder.",
  });
}

/** @param {Extension} extension */
async function bundle({ name, modules, shared, define = {} }) {
  const result = await build({
    stdin: { contents: entry(name, modules, shared), resolveDir: here },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    define,
    legalComments: "inline",
    plugins: [lent(shared)],
  });
  return result.outputFiles[0]?.contents ?? new Uint8Array();
}

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} modules
 * @param {readonly string[]} shared
 */
function entry(name, modules, shared) {
  const makers = Object.entries(modules).map(
    ([wanted, file]) => `${JSON.stringify(wanted)}: () => import(${JSON.stringify(file)})`,
  );
  return `import { offer } from "./container.ts";
offer(${JSON.stringify(name)}, ${JSON.stringify(shared)}, { ${makers.join(", ")} });`;
}

/**
 * Imports of lent modules read the table that the container fills.
 *
 * @param {readonly string[]} shared
 * @returns {import("esbuild").Plugin}
 */
function lent(shared) {
  return {
    name: "lent",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@\w]/ }, ({ path }) =>
        shared.includes(path) ? { path, namespace: "lent" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "lent" }, ({ path }) => ({
        contents: `module.exports = require("./sharedModules.ts").sharedModules.get(${JSON.stringify(path)});`,
        resolveDir: here,
      }));
    },
  };
}

/** @param {Uint8Array} bytes */
export function fingerprint(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/**
 * @param {string} path
 * @param {unknown} value
 */
function writeJson(path, value) {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
