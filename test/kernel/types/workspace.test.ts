import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Types } from "../../../kernel/types/Types.ts";
import { makeWorkspace } from "../../../kernel/types/workspace.ts";

const root = join(import.meta.dirname, "../../..");
const open: { close: () => void }[] = [];
afterAll(() => {
  for (const each of open) each.close();
});

/** A notebook's folder with these files, by their paths. */
function notebook(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "notebook-"));
  open.push({ close: () => rmSync(folder, { recursive: true }) });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The type checker of the cells of such a notebook. */
function typesOf(files: Readonly<Record<string, string>> = {}): Types {
  const types = new Types(notebook(files), root);
  open.push(types);
  return types;
}

async function complaints(types: Types, cell: string): Promise<string[]> {
  return (await types.diagnose(cell)).map(({ message }) => message);
}

/** The documentation of the word at the end of a cell. */
const shown = (types: Types, cell: string) => types.inspect(cell, cell.length);

/** What completion offers at the mark in a cell. */
async function offered(types: Types, cell: string): Promise<string[]> {
  const { items } = await types.complete(cell.replace("|", ""), cell.indexOf("|"));
  return items.map(({ label }) => label).sort();
}

test("a cell's program is the cell and three files, which are declarations without a mistake", () => {
  const { folder, compiler, remove } = makeWorkspace(notebook({}), root);
  open.push({ close: remove });
  const options = ["-p", folder, "--listFiles", "--skipLibCheck", "false"];
  const files = execFileSync(compiler, options, { encoding: "utf8" }).trim().split("\n");
  expect(files.map((file) => file.split("/").at(-1)).sort()).toEqual([
    "index.d.ts",
    "language.d.ts",
    "library.d.ts",
    "this-cell.ts",
  ]);
});

test("cells see each name of the library as it is in the library's own files", async () => {
  const rolled = await documented("downhill");
  expect([...rolled.keys()]).toEqual(
    expect.arrayContaining(["huber", "Loss", "plot.line", "metrics.r2", "Tensor"]),
  );
  expect(rolled).toEqual(await documented(join(root, "dist/src/index.d.ts")));
});

/** What is said of each name of a module, those of a namespace such as `plot` among them. */
async function documented(module: string): Promise<Map<string, string | undefined>> {
  const types = typesOf();
  const path = JSON.stringify(module);
  const words: string[] = [];
  for (const name of await offered(types, `import { | } from ${path};`)) {
    words.push(name);
    if (!["datasets", "metrics", "models", "plot"].includes(name)) continue;
    const below = await offered(types, `import { ${name} } from ${path}; ${name}.|`);
    words.push(...below.map((each) => `${name}.${each}`));
  }
  const told = new Map<string, string | undefined>();
  for (const word of words) {
    const text = await shown(types, `import { ${word.split(".")[0]} } from ${path}; ${word}`);
    // A namespace is shown by the place of its file.
    told.set(word, text?.replace(/module ".*"/, "module"));
  }
  return told;
}

test("completion offers of modules those that a cell can import", async () => {
  const types = typesOf();
  // What lies beside the package's folder can be imported, too, and may have such a name.
  expect(await offered(types, 'import {} from "down|"')).toEqual(
    expect.arrayContaining(["downhill", "downhill/config", "downhill/pictures"]),
  );
  const all = await offered(types, 'import {} from "|"');
  expect(all).toEqual(expect.arrayContaining(["fs", "node:fs", "tslab"]));
  expect(all.filter((name) => name.includes("declared"))).toEqual([]);
});

test("completion offers the members of an object in the order of the alphabet", async () => {
  const cell = "downhill.metrics.";
  const { items } = await typesOf().complete(cell, cell.length);
  const labels = items.map(({ label }) => label);
  expect(labels).toContain("accuracy");
  expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b)));
});

test("a notebook's own types of Node.js take the place of ours", async () => {
  const types = typesOf({
    "node_modules/@types/node/index.d.ts": "declare const ofTheNotebook: string;",
  });
  expect(await complaints(types, "ofTheNotebook.length")).toEqual([]);
  const ofNode = "let signals: NodeJS.Signals";
  expect(await complaints(typesOf(), ofNode)).toEqual([]);
  expect(await complaints(types, ofNode)).toEqual([expect.stringContaining("'NodeJS'")]);
});

test("a package that asks for Node.js and the page gets both, each once", async () => {
  const types = typesOf({
    "node_modules/asks/index.d.ts": `/// <reference types="node" />
      /// <reference lib="es2020" />
      /// <reference lib="dom" />
      export declare const bytes: Buffer;
      export declare const element: HTMLElement;`,
  });
  const cell = (body: string) => `import { bytes, element } from "asks"; ${body}`;
  expect(await complaints(types, cell("[bytes.toString('hex'), element.title].at(0)"))).toEqual([]);
  expect(await complaints(types, cell("bytes.title; element.toString('hex')"))).toHaveLength(2);
  const overloads = 'import { readFileSync } from "node:fs"; readFileSync';
  expect(await shown(types, cell(overloads))).toBe(await shown(typesOf(), overloads));
});
