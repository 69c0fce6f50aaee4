import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

interface Source {
  readonly source: string;
  readonly tags?: readonly string[];
}

const command = resolve("dist/kernel/main.js");

/** A folder with notebooks of the given code cells, and `downhill run` in it. */
function folderOf(notebooks: Readonly<Record<string, readonly (string | Source)[]>>) {
  const folder = mkdtempSync(join(tmpdir(), "downhill-run-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, cells] of Object.entries(notebooks)) {
    writeFileSync(join(folder, name), notebookOf(cells));
  }
  const run = (...parameters: readonly string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [command, "run", ...parameters], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
    });
  const saved = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  return { folder, run, saved };
}

function notebookOf(cells: readonly (string | Source)[], language = "typescript"): string {
  return JSON.stringify({
    cells: cells.map((cell, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: typeof cell === "string" ? {} : { tags: cell.tags ?? [] },
      execution_count: null,
      outputs: [],
      source: typeof cell === "string" ? cell : cell.source,
    })),
    metadata: { kernelspec: { name: language, display_name: language, language } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

test("each cell is printed with what it prints and gives, in order", () => {
  const { run } = folderOf({ "a.ipynb": ['const x: number = 41;\nconsole.log("hello")', "x + 1"] });
  const { status, stdout, stderr } = run("a.ipynb");
  expect(stdout).toBe('\n> const x: number = 41;\n. console.log("hello")\nhello\n\n> x + 1\n42\n');
  expect(stderr).toMatch(/^a\.ipynb: ran 2 cells in [\d.]+ s, 0 failed\n$/);
  expect(status).toBe(0);
});

test("the library is there without node_modules, and files beside the notebook are found", () => {
  const { folder, run } = folderOf({
    "a.ipynb": [
      'import { mse } from "downhill";\nmse()([1], [3]).item()',
      'import { readFileSync } from "node:fs";\nreadFileSync("data.csv", "utf8").length',
    ],
  });
  writeFileSync(join(folder, "data.csv"), "1,2,3");
  expect(run("a.ipynb").stdout).toMatch(/\n4\n[\s\S]*\n5\n$/);
});

test("an error is printed with its cell and line, later cells do not run, and the exit code is 1", () => {
  const { run } = folderOf({
    "a.ipynb": ['function far() {\n  throw new RangeError("too far");\n}', "far()", '"never"'],
  });
  const { status, stdout, stderr } = run("a.ipynb");
  expect(stderr).toContain("RangeError: too far");
  expect(stderr).toMatch(/In\[1\]:2/);
  expect(stderr).toContain("1 cells after the failed one did not run");
  expect(stdout).not.toContain("never");
  expect(status).toBe(1);
});

test("--allow-errors goes on after an error, and the exit code is still 1", () => {
  const { run } = folderOf({ "a.ipynb": ['throw new Error("first")', '"second"'] });
  const { status, stdout } = run("a.ipynb", "--allow-errors");
  expect([status, stdout]).toEqual([1, expect.stringMatching(/'second'\n$/)]);
});

test("an error that the notebook's author announces is no failure", () => {
  const cell = { source: 'throw new Error("shown")', tags: ["raises-exception"] };
  const { status, stdout, stderr } = folderOf({ "a.ipynb": [cell, "1 + 1"] }).run("a.ipynb");
  expect([status, stdout, stderr]).toEqual([
    0,
    expect.stringMatching(/\n2\n$/),
    expect.stringContaining("Error: shown"),
  ]);
});

test("a cell that never ends is interrupted after --timeout, and what was computed is kept", () => {
  const { run } = folderOf({ "a.ipynb": ["let x = 7", "while (true) {}", "x"] });
  const { status, stdout, stderr } = run("a.ipynb", "--timeout", "1", "--allow-errors");
  expect(stderr).toContain("interrupted after 1 s.\nHint: --timeout");
  expect([status, stdout]).toEqual([1, expect.stringMatching(/\n> x\n7\n$/)]);
});

test("a cell that ends its process is an error like another", () => {
  const { run } = folderOf({ "a.ipynb": ["process.exit(3)", '"after"'] });
  const { status, stdout, stderr } = run("a.ipynb", "--allow-errors");
  expect(stderr).toMatch(/exit/i);
  expect([status, stdout]).toEqual([1, expect.stringMatching(/'after'\n$/)]);
});

test("--output saves the outputs elsewhere, --inplace in the notebook itself", () => {
  const { run, saved } = folderOf({ "a.ipynb": ['console.log("a");\nconsole.log("b");\n6 * 7'] });
  const before = saved("a.ipynb");
  run("a.ipynb", "--output", "b.ipynb");
  expect(saved("a.ipynb")).toEqual(before);
  expect(saved("b.ipynb").cells[0]).toMatchObject({
    execution_count: 1,
    outputs: [
      { output_type: "stream", name: "stdout", text: "a\nb\n" },
      { output_type: "execute_result", execution_count: 1, data: { "text/plain": "42" } },
    ],
  });
  run("a.ipynb", "--inplace");
  expect(saved("a.ipynb")).toEqual(saved("b.ipynb"));
});

test("each notebook has a kernel of its own, and one failure is told by the exit code", () => {
  const { run } = folderOf({ "a.ipynb": ["let mine = 1", "mine"], "b.ipynb": ["typeof mine"] });
  const { status, stdout } = run("a.ipynb", "b.ipynb");
  expect([status, stdout]).toEqual([0, expect.stringMatching(/'undefined'\n$/)]);
  expect(
    folderOf({ "a.ipynb": ["missing"], "b.ipynb": ["1"] }).run("a.ipynb", "b.ipynb").status,
  ).toBe(1);
});

test("no process of the kernel is left behind", async () => {
  const { run } = folderOf({ "a.ipynb": ["console.log(process.pid, process.ppid)"] });
  const pids = /\n(\d+) (\d+)\n/.exec(run("a.ipynb").stdout)!.slice(1).map(Number);
  // A process that was told to end may take the system a moment to clear away.
  for (const pid of pids) {
    await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
  }
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

test.each([
  [[], /needs a notebook/],
  [["lost.ipynb"], /lost\.ipynb cannot be read/],
  [["text.ipynb"], /text\.ipynb is no notebook: it is not JSON/],
  [["old.ipynb"], /old\.ipynb is no notebook of format 4/],
  [["odd.ipynb"], /Cell 2 of odd\.ipynb is no cell of a notebook/],
  [["python.ipynb"], /for the kernel "python"/],
  [["a.ipynb", "a.ipynb", "--output", "b.ipynb"], /--output saves one notebook, but 2 were given/],
  [["a.ipynb", "--output", "text.ipynb/b.ipynb"], /a file stands where a folder is needed/],
  [["a.ipynb", "--timeout", "soon"], /--timeout needs a number of seconds .* "soon"/],
  [["a.ipynb", "--inplce"], /Unknown option '--inplce'/],
])("downhill run %j is refused with a hint before a cell runs", (words, complaint) => {
  const { folder, run } = folderOf({ "a.ipynb": ['"ran"'] });
  writeFileSync(join(folder, "text.ipynb"), "# Title");
  writeFileSync(join(folder, "old.ipynb"), JSON.stringify({ worksheets: [], nbformat: 3 }));
  const cells = [{ cell_type: "code", source: "1" }, { cell_type: "code" }];
  writeFileSync(join(folder, "odd.ipynb"), JSON.stringify({ cells, nbformat: 4 }));
  writeFileSync(join(folder, "python.ipynb"), notebookOf(["1"], "python"));
  const { status, stdout, stderr } = run(...words);
  expect(stderr).toMatch(complaint);
  expect(stderr).toMatch(/\nHint: /);
  expect([status, stdout]).toEqual([1, ""]);
});
