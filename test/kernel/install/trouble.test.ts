import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Clone, freshClone } from "./clone.ts";

const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"])
  .toString()
  .trim();
const npm = { npm_execpath: process.env.npm_execpath ?? npmOfThisNode() };

/** One sentence, one remedy, no trace, and nothing of an installation in the folder. */
function expectTrouble(
  { code, output }: { code: number | null; output: string },
  sentence: RegExp,
  remedy: RegExp,
  clone: Clone,
): void {
  const lines = output
    .trim()
    .split("\n")
    .filter((line) => !line.endsWith(" ..."));
  expect(lines).toEqual([expect.stringMatching(sentence), expect.stringMatching(remedy)]);
  expect(lines[1]).toMatch(/^Hint: /);
  expect(code).toBe(1);
  expect(clone.leftBehind().filter((file) => !file.startsWith(".cache"))).toEqual([]);
}

test("without Python it says where to get one, before anything is downloaded", async () => {
  const clone = freshClone();
  const end = await clone.start([], { environment: npm });
  expectTrouble(end, /needs Python 3\.9 or later .* found no Python/, /python\.org/, clone);
  expect(clone.leftBehind()).toEqual([]);
});

test("a Python that is too old is named with its version", async () => {
  const clone = freshClone();
  clone.provide("python3", { script: `echo '["/opt/old/python3", [3, 7], true]'` });
  const end = await clone.start([], { environment: npm });
  expectTrouble(end, /\/opt\/old\/python3 is Python 3\.7/, /Install a current Python/, clone);
});

test("a Python that cannot make environments, as Debian has it, names the missing package", async () => {
  const clone = freshClone();
  // The machine's own Python, but one in which the module ensurepip cannot be found.
  clone.provide("python3", {
    script: `exec ${python} -c "import sys, importlib.util as u
find = u.find_spec
u.find_spec = lambda name: None if name == 'ensurepip' else find(name)
exec(sys.argv[2])" "$@"`,
  });
  const end = await clone.start([], { environment: npm });
  expectTrouble(end, /cannot make virtual environments/, /apt install python3-venv/, clone);
});

test("without a network it says so, and leaves nothing half-installed", async () => {
  const clone = freshClone();
  clone.provide("python3", { link: python });
  const end = await clone.start([], {
    environment: {
      ...npm,
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: `${clone.folder}/.cache/npm`,
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
      PIP_NO_CACHE_DIR: "1",
    },
  });
  expectTrouble(end, /the network cannot be reached/, /Connect to the internet/, clone);
}, 60_000);

test("a port that was asked for and is busy is refused at once", async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  const clone = freshClone();
  const end = await clone.start(["--port", `${port}`]);
  expectTrouble(end, new RegExp(`Port ${port} is in use`), /--port/, clone);
});

test("a folder that cannot be written to is named, with the way out", async () => {
  const clone = freshClone();
  clone.provide("python3", { script: `echo '["/usr/bin/python3", [3, 11], true]'` });
  for (const folder of [dirname(clone.folder), clone.folder]) chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(clone.folder, 0o755));
  // Nothing is read-only to root, so root becomes nobody.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const end = await clone.start([], { environment: npm, ...uid });
  expectTrouble(end, /cannot be written to/, /a folder of your own/, clone);
});

test("a Node.js that is too old gets a sentence and not a syntax error", async () => {
  const clone = freshClone();
  const asOld = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.4"}})`;
  const end = await clone.start([], { node: ["--import", `data:text/javascript,${asOld}`] });
  expectTrouble(
    end,
    /needs Node\.js 20\.19 or later, but this is Node\.js 18\.20\.4/,
    /nodejs/,
    clone,
  );
});

function npmOfThisNode(): string {
  const root = execFileSync("npm", ["root", "--global"]).toString().trim();
  return `${root}/npm/bin/npm-cli.js`;
}
