import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, test } from "vitest";

/**
 * Who may import whom among our own folders: each key may use itself and what its list names,
 * and nothing else of ours. Every folder of src and kernel stands here.
 */
const mayUse: Record<string, readonly string[]> = {
  "src/engine": ["src/options.ts", "src/shown.ts"],
  "src/curvature": ["src/engine", "src/options.ts"],
  "src/losses": ["src/engine", "src/mathjs.ts", "src/options.ts", "src/shown.ts"],
  "src/optimizers": ["src/options.ts", "src/shown.ts"],
  "src/schedules": ["src/options.ts", "src/shown.ts"],
  "src/models": ["src/engine", "src/options.ts", "src/shown.ts"],
  "src/metrics": ["src/options.ts"],
  "src/data": ["src/engine", "src/options.ts"],
  "src/training": [
    "src/engine",
    "src/curvature",
    "src/losses",
    "src/optimizers",
    "src/schedules",
    "src/models",
    "src/data",
    "src/options.ts",
    "src/shown.ts",
  ],
  "src/symbolic": ["src/losses", "src/mathjs.ts", "src/options.ts", "src/shown.ts"],
  "src/checks": [
    "src/engine",
    "src/curvature",
    "src/losses",
    "src/models",
    "src/symbolic",
    "src/options.ts",
    "src/shown.ts",
  ],
  "src/plot": ["src/options.ts", "src/shown.ts"],
  "src/lesson": ["src/checks", "src/options.ts", "src/shown.ts"],
  "kernel/wire": [],
  "kernel/link": [],
  "kernel/compile": [],
  "kernel/display": ["kernel/jupyterDisplay.ts", "kernel/bundlePlotly.mjs"],
  "kernel/figure": [],
  "kernel/labextension": ["kernel/figure", "kernel/bundlePlotly.mjs"],
  "kernel/export": ["kernel/figure", "kernel/run", "kernel/install", "kernel/bundlePlotly.mjs"],
  // It judges graded work, by what the library says of two values.
  "kernel/session": [
    "kernel/jupyterDisplay.ts",
    "kernel/wire",
    "kernel/link",
    "kernel/compile",
    "kernel/packageFolder.ts",
    "kernel/excerpt.ts",
    "src/index.ts",
  ],
  "kernel/types": ["kernel/compile", "kernel/declaredModules.mjs"],
  "kernel/settings": ["kernel/compile", "kernel/config.ts", "kernel/nearest.ts"],
  "kernel/debugger": ["kernel/session", "kernel/compile", "kernel/wire"],
  "kernel/requests": [
    "kernel/jupyterDisplay.ts",
    "kernel/wire",
    "kernel/link",
    "kernel/compile",
    "kernel/types",
    "kernel/session",
    "kernel/debugger",
    "kernel/excerpt.ts",
  ],
  "kernel/progress": ["kernel/session", "src/index.ts"],
  "kernel/given": [],
  "kernel/controls": ["kernel/jupyterDisplay.ts", "kernel/given", "kernel/display", "src/index.ts"],
  "kernel/install": ["kernel/declaredModules.mjs"],
  "kernel/run": ["kernel/wire", "kernel/install", "kernel/compiledFile.ts"],
  "kernel/assignments": ["kernel/run", "kernel/install"],
  "kernel/lessons": ["kernel/install"],
  "kernel/user": [
    "kernel/jupyterDisplay.ts",
    "kernel/given",
    "kernel/progress",
    "kernel/link",
    "kernel/compile",
    "kernel/display",
    "kernel/controls",
    "kernel/packageFolder.ts",
    "src/index.ts",
    "kernel/nearest.ts",
  ],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

const imports: readonly Import[] = ["src", "kernel"].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name.replaceAll("\\", "/")))
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(?:from|import|import\() ?"(\.[^"]+)"/g)].map(
        ([, path]) => ({ file, target: join(dirname(file), path!) }),
      ),
    ),
);

const violations = (strays: readonly Import[]) =>
  strays.map(({ file, target }) => `${file} must not import ${target}`);

test.each(Object.entries(mayUse))("%s uses only %j", (folder, allowed) => {
  const strays = imports
    .filter(({ file }) => file.startsWith(`${folder}/`))
    .filter(({ target }) => ![folder, ...allowed].some((home) => target.startsWith(home)));
  expect(violations(strays)).toEqual([]);
});

test("every folder of src and kernel has its line in the table of walls", () => {
  const folders = ["src", "kernel"].flatMap((root) =>
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${root}/${name}`),
  );
  expect(folders.filter((folder) => !(folder in mayUse))).toEqual([]);
});

test("src knows nothing of the kernel, and the kernel enters src by its front door", () => {
  const strays = imports
    .filter(({ file, target }) => file.split("/")[0] !== target.split("/")[0])
    .filter(({ file, target }) => !(file.startsWith("kernel/") && target === "src/index.ts"));
  expect(violations(strays)).toEqual([]);
});

test("a folder is entered by its index.ts", () => {
  const room = (path: string) => path.split("/").slice(0, 2).join("/");
  const sideDoors = imports
    .filter(({ file, target }) => room(file) !== room(target) && target.split("/").length > 2)
    .filter(({ target }) => !target.endsWith("/index.ts"));
  expect(violations(sideDoors)).toEqual([]);
});

test("src knows no chance without a seed", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const unseeded = sources.filter((name) =>
    readFileSync(join("src", name), "utf8").includes("Math.random("),
  );
  expect(unseeded).toEqual([]);
});
