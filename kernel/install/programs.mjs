import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { root } from "./root.mjs";

/**
 * Bundles the programs of a running kernel: `host` and `user/main`, each into one script that `kernel/start.ts`
 * runs, because a single script starts in half the time of many modules; and the thread beside the second one.
 *
 * @param {import("esbuild").BuildOptions} options how everything is bundled
 */
export async function bundlePrograms(options) {
  const { build } = await import("esbuild");
  /** @param {string} source @param {string} out @param {import("esbuild").BuildOptions} form */
  const bundle = async (source, out, form) => {
    if (!existsSync(join(root, source))) return;
    const sourcemap = false;
    await build({
      ...options,
      ...form,
      sourcemap,
      outdir: "dist",
      entryPoints: [{ in: source, out }],
    });
  };
  await Promise.all([
    // The host parses every cell, so the parser is a part of it.
    bundle("kernel/host.ts", "kernel/host", {
      ...scriptAt("kernel"),
      alias: { [parser]: found(parser) },
    }),
    bundle("kernel/start.ts", "kernel/host", starter),
    bundle("kernel/user/main.ts", "kernel/user/main", scriptAt("kernel/user")),
    bundle("kernel/start.ts", "kernel/user/main", starter),
    bundle("kernel/user/control.ts", "kernel/user/control", classic),
  ]);
}

/** @satisfies {import("esbuild").BuildOptions} */
const classic = { format: "cjs", outExtension: { ".js": ".cjs" } };

/**
 * What Node.js starts; it loads classic scripts sooner than modules.
 *
 * @satisfies {import("esbuild").BuildOptions}
 */
const starter = {
  ...classic,
  banner: { js: 'const $here = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "$here" },
};

/**
 * A function of what only modules have by themselves.
 *
 * @param {string} folder
 */
const scriptAt = (folder) => ({
  ...classic,
  outExtension: { ".js": ".program" },
  banner: { js: "(function (require, $import, $here) {" },
  footer: { js: "})" },
  define: { "import.meta.url": "$here" },
  plugins: [importedLater(folder), builtinsTakenOnce],
});

const parser = "@babel/parser";
const found = createRequire(import.meta.url).resolve;

/**
 * What stays outside a program, the library and packages, is imported by the file that runs the program: V8
 * forgets how to import in what it compiled before. The library is one file for cells and kernel, because
 * they must hold the same classes.
 *
 * @param {string} folder where the program stands
 * @returns {import("esbuild").Plugin}
 */
const importedLater = (folder) => ({
  name: "imported later",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const ours = resolve(resolveDir, path) === join(root, "src", "index.ts");
      const from = relative(folder, "src/index.js").replaceAll("\\", "/");
      if (!ours && path.startsWith(".")) return undefined;
      return { path: ours ? from : path, namespace: "imported-later" };
    });
    // What is awaited is what has a `then`.
    build.onLoad({ filter: /./, namespace: "imported-later" }, ({ path }) => ({
      contents: `exports.then = (done, fail) => $import(${JSON.stringify(path)}).then(done, fail);`,
    }));
  },
});

/**
 * What a program imports of Node.js it takes once, at its start, as ES modules do. A script would ask again
 * at every call, and a cell that sets `fs.writeSync` would change the kernel.
 *
 * @type {import("esbuild").Plugin}
 */
const builtinsTakenOnce = {
  name: "builtins taken once",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement"
        ? { path, namespace: "taken-once", sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: "taken-once" }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== "default");
      const taken = names.map((name) => `export const ${name} = /* @__PURE__ */ take("${name}");`);
      const lines = [
        `const whole = require("${path}");`,
        "const take = (name) => whole[name];",
        "export default whole;",
        ...taken,
      ];
      return { contents: lines.join("\n") };
    });
  },
};
