import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rollDeclarations } from "./declarations.mjs";
import { buildLibrary } from "./library.mjs";
import { bundlePrograms } from "./programs.mjs";
import { isClone, root } from "./root.mjs";
import { isUnfinished, makeAnew, run, step } from "./steps.mjs";
import { runAsCommand } from "./Trouble.mjs";

const built = join(root, "dist");
const stamp = join(built, "sources.sha256");

/** What `install` copies beside other Jupyter data: laid out as Jupyter finds it. */
const share = join(built, "share", "jupyter");

/** What is bundled as modules, each at the same place under dist. */
const modules = ["main", "config", "pictures", "user/hooks"].map((name) => `kernel/${name}.ts`);

/** Builds dist from the sources, unless it was built from these very sources. */
export async function build() {
  if (!isClone) return;
  const sources = fingerprintOfSources();
  if (!isUnfinished(built) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  await step("Building", () =>
    makeAnew(built, async () => {
      await Promise.all([
        buildLibrary(bundling),
        bundleModules(),
        bundlePrograms(bundling),
        declareTypes(),
        buildFigures(),
        drawLogos(),
      ]);
      await rollDeclarations(join(built, "kernel", "types"));
      writeFileSync(stamp, sources);
    }),
  );
}

/** @returns {string} what identifies the built files: the content of all they are made from */
export function fingerprintOfBuild() {
  return readFileSync(stamp, "utf8");
}

function fingerprintOfSources() {
  const hash = createHash("sha256");
  const folders = ["src", "kernel"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => join(folder, name)),
  );
  for (const file of [...folders.sort(), "package.json", "package-lock.json", "tsconfig.json"]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** How everything of ours that runs is bundled. @type {import("esbuild").BuildOptions} */
const bundling = {
  absWorkingDir: root,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20.19",
  sourcemap: "linked",
  logLevel: "error",
};

async function bundleModules() {
  const esbuild = await import("esbuild");
  const library = join(root, "src", "index.ts");
  await esbuild.build({
    ...bundling,
    entryPoints: modules.filter((file) => existsSync(join(root, file))),
    outdir: "dist",
    outbase: ".",
    // What is imported later is loaded later: a command does not wait for what another one needs.
    splitting: true,
    chunkNames: "kernel/chunks/[name]-[hash]",
    plugins: [
      {
        name: "one library",
        // The learner's cells and the kernel must hold the same classes, so the library is no part of a program.
        setup(build) {
          build.onResolve({ filter: /src\/index\.ts$/ }, ({ path, resolveDir, importer }) => {
            if (resolve(resolveDir, path) !== library) return undefined;
            const from = dirname(relative(root, importer));
            const path_ = relative(from, "src/index.js").replaceAll("\\", "/");
            return { path: path_, external: true };
          });
        },
      },
    ],
  });
  if (existsSync(join(built, "kernel/main.js"))) chmodSync(join(built, "kernel/main.js"), 0o755);
}

/** Whoever imports the package is checked and completed against these declarations, and so are cells. */
async function declareTypes() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  for (const project of ["src", "kernel"]) {
    const { code, output } = await run(process.execPath, [compiler, "-p", project]);
    if (code !== 0) throw new Error(`The library does not compile:\n${output}`);
  }
}

/** What draws figures: in JupyterLab, as still pictures in the kernel, and in exported pages. */
async function buildFigures() {
  const { buildLabextension } = await builder("labextension");
  const { buildPictures } = await builder("display/pictures");
  const { buildExport } = await builder("export");
  await Promise.all([
    buildLabextension(join(share, "labextensions")),
    buildPictures(join(built, "kernel", "display", "pictures")),
    buildExport(join(built, "kernel", "export")),
  ]);
}

/**
 * A room's own builder, by an address that our bundler does not follow: a package has no esbuild.
 *
 * @param {string} room
 */
function builder(room) {
  return import(pathToFileURL(join(root, "kernel", room, "build.mjs")).href);
}

/** JupyterLab's launcher shows the vector logo; older front ends want it in two sizes of pixels. */
async function drawLogos() {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const require = createRequire(import.meta.url);
  await initWasm(readFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const logo = readFileSync(join(root, "kernel", "install", "logo.svg"));
  const folder = join(share, "kernels", "downhill");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "logo-svg.svg"), logo);
  for (const width of [32, 64]) {
    const picture = new Resvg(logo, { fitTo: { mode: "width", value: width } }).render();
    writeFileSync(join(folder, `logo-${width}x${width}.png`), picture.asPng());
  }
}

// Inside a bundle this file has no name of its own, so the command is known by its ending.
if (process.argv[1]?.endsWith("build.mjs")) await runAsCommand(build);
