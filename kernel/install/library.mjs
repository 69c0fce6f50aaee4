import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { root } from "./root.mjs";

/**
 * The rooms that are read when one of their functions is first called, each from a file of its own.
 * All others stand in core.js, which is read at once. Besides them there are two ways in:
 *
 * - index.js, for Node: core.js and, for each later room, functions that open it;
 * - whole.js, for pages and bundlers, which cannot wait for a file in the middle of a call, and for
 *   graded work, where nothing may be read later: core.js and all rooms.
 *
 * Whichever way is taken, each module of the library exists once.
 */
const laterRooms = [
  "checks",
  "curvature",
  "data",
  "lesson",
  "metrics",
  "models",
  "optimizers",
  "plot",
  "schedules",
  "symbolic",
  "training",
];

/** The files of later rooms that are read at once: classes, constants, and what others need too. */
const shared = [
  "options.ts",
  "lesson/ClaimError.ts",
  "models/activations.ts",
  "plot/Figure.ts",
  "plot/differences.ts",
  "shown.ts",
  "symbolic/FormulaError.ts",
];

const source = join(root, "src");

/** @typedef {import("esbuild").BuildOptions} BuildOptions */
/** @typedef {import("esbuild").Metafile} Metafile */
/** @typedef {import("esbuild").OnResolveResult} OnResolveResult */
/** @typedef {import("esbuild").Plugin} Plugin */
/** @typedef {ReadonlyMap<string, readonly string[]>} Names what each file exports, types left out */

/** @param {BuildOptions} options how everything is bundled */
export async function buildLibrary(options) {
  const { build } = await import("esbuild");
  const rooms = readdirSync(source).filter((name) => existsSync(join(source, indexOf(name))));
  const atOnce = rooms.filter((room) => !laterRooms.includes(room)).map(indexOf);
  const inCore = [...atOnce, ...shared];
  const names = await namesOf([...inCore, ...laterRooms.map(indexOf)], options);
  /** @type {(file: string, later: (room: string) => OnResolveResult, banner?: string) => Promise<unknown>} */
  const wayIn = (file, later, banner = "") =>
    build({
      ...options,
      entryPoints: ["src/index.ts"],
      outfile: `dist/src/${file}.js`,
      plugins: [publicIndex(names, later)],
      // Rooms may have the same name for different things, and each shall know its own.
      keepNames: true,
      banner: { js: banner },
    });
  const [core, later] = await Promise.all([
    build({
      ...options,
      metafile: true,
      stdin: {
        contents: inCore.map((file) => `export * from "./${file}";\n`).join(""),
        resolveDir: source,
      },
      outfile: "dist/src/core.js",
    }),
    build({
      ...options,
      metafile: true,
      entryPoints: laterRooms.map((room) => `src/${indexOf(room)}`),
      outbase: ".",
      outdir: "dist",
      plugins: [apart(inCore)],
    }),
    wayIn("index", (room) => ({ path: room, namespace: "door" }), opener),
    wayIn("whole", (room) => ({ path: `./${room}/index.js`, external: true })),
  ]);
  refuseTwins(core.metafile, later.metafile);
}

/** @param {string} room */
const indexOf = (room) => `${room}/index.ts`;

/** @type {(file: string) => string} */
const fromSource = (file) => relative(source, file).replaceAll("\\", "/");

/**
 * @param {readonly string[]} files
 * @param {BuildOptions} options
 * @returns {Promise<Names>}
 */
async function namesOf(files, options) {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    ...options,
    entryPoints: files.map((file) => `src/${file}`),
    outdir: "dist",
    metafile: true,
    write: false,
    sourcemap: false,
  });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint = "", exports }) => [
      fromSource(join(root, entryPoint)),
      exports,
    ]),
  );
}

/**
 * A later room holds its own files; what it takes from elsewhere stays there.
 *
 * @param {readonly string[]} inCore
 * @returns {Plugin}
 */
const apart = (inCore) => ({
  name: "later rooms apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, importer, resolveDir }) => {
      if (kind === "entry-point") return undefined;
      const file = fromSource(resolve(resolveDir, path));
      if (inCore.includes(file)) return { path: "../core.js", external: true };
      const room = laterRooms.find((each) => file === indexOf(each));
      const own = room === undefined || fromSource(importer).startsWith(`${room}/`);
      return own ? undefined : { path: `../${room}/index.js`, external: true };
    });
  },
});

/** What index.js opens the later rooms with: the same modules as those of `import`, at once. */
const opener = `import { createRequire } from "node:module";
const open = createRequire(import.meta.url);`;

/**
 * A way in is the public index, whose rooms stand in core.js or are later ones.
 *
 * @param {Names} names
 * @param {(room: string) => OnResolveResult} later
 * @returns {Plugin}
 */
const publicIndex = (names, later) => ({
  name: "public index",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/core\.js$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^\.\/\w+\/index\.ts$/ }, ({ kind, path }) => {
      if (kind === "entry-point") return undefined;
      const room = path.split("/")[1] ?? "";
      return laterRooms.includes(room) ? later(room) : { path: room, namespace: "at once" };
    });
    onLoad({ filter: /.*/, namespace: "at once" }, ({ path: room }) => ({
      contents: takenFromCore(names.get(indexOf(room))),
    }));
    onLoad({ filter: /.*/, namespace: "door" }, ({ path: room }) => ({
      contents: door(room, names),
    }));
  },
});

/** @param {readonly string[]} names */
const takenFromCore = (names = []) => `export { ${names.join(", ")} } from "./core.js";`;

/** @type {(room: string, names: Names) => string} */
function door(room, names) {
  const files = shared.filter((file) => file.startsWith(`${room}/`));
  const inCore = files.flatMap((file) => names.get(file) ?? []);
  const all = names.get(indexOf(room)) ?? [];
  return [
    takenFromCore(all.filter((name) => inCore.includes(name))),
    "let opened;",
    `const room = () => (opened ??= open("./${room}/index.js"));`,
    ...all
      .filter((name) => !inCore.includes(name))
      .map((name) => `export function ${name}(...given) { return room().${name}(...given); }`),
  ].join("\n");
}

/**
 * Two copies of a module would be two classes with one name.
 *
 * @param {readonly Metafile[]} metafiles
 */
function refuseTwins(...metafiles) {
  /** @type {Map<string, string>} */
  const homes = new Map();
  for (const [output, { inputs }] of metafiles.flatMap(({ outputs }) => Object.entries(outputs)))
    for (const file of Object.keys(inputs)) {
      const other = homes.get(file);
      if (other !== undefined)
        throw new Error(
          `${file} would stand in ${other} and in ${output}.\nHint: list it in \`shared\`, or let one of them import it from its room.`,
        );
      homes.set(file, output);
    }
}
