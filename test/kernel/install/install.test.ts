import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };

const command = "dist/kernel/main.js";

function downhill(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-install-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file with its content and every folder below this one. */
function contents(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), entry.isFile() ? readFileSync(path, "base64") : "folder"];
    }),
  );
}

test("install puts the kernel and its JupyterLab extension where Jupyter looks", () => {
  const prefix = temporaryFolder();
  const { status, stdout } = downhill(["install", "--prefix", prefix]);
  expect(status).toBe(0);
  expect(stdout).toContain(join(prefix, "share", "jupyter"));
  const spec = JSON.parse(
    readFileSync(join(prefix, "share/jupyter/kernels/downhill/kernel.json"), "utf8"),
  );
  expect(spec).toMatchObject({ language: "typescript", display_name: "TypeScript (downhill)" });
  expect(readFileSync(spec.argv.at(-2), "utf8")).not.toBe("");
  const extension = join(prefix, "share/jupyter/labextensions/downhill-figures");
  const { jupyterlab } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  expect(readFileSync(join(extension, jupyterlab._build.load), "utf8")).not.toBe("");
});

test("uninstall leaves the prefix as install found it, also after installing twice", () => {
  const prefix = temporaryFolder();
  mkdirSync(join(prefix, "share/jupyter/kernels/other"), { recursive: true });
  writeFileSync(join(prefix, "share/jupyter/kernels/other/kernel.json"), "{}");
  const before = contents(prefix);
  downhill(["install", "--prefix", prefix]);
  downhill(["install", "--prefix", prefix]);
  expect(contents(prefix)).not.toEqual(before);
  expect(downhill(["uninstall", "--prefix", prefix]).status).toBe(0);
  expect(contents(prefix)).toEqual(before);
});

test("uninstall spares what somebody put beside our files", () => {
  const prefix = temporaryFolder();
  downhill(["install", "--prefix", prefix]);
  const note = join(prefix, "share/jupyter/kernels/downhill/note.txt");
  writeFileSync(note, "mine");
  downhill(["uninstall", "--prefix", prefix]);
  expect(Object.keys(contents(prefix)).filter((path) => path.includes("."))).toEqual([
    relative(prefix, note),
  ]);
});

test("uninstall where nothing was installed says so and changes nothing", () => {
  const prefix = temporaryFolder();
  const { status, stdout } = downhill(["uninstall", "--prefix", prefix]);
  expect([status, stdout]).toEqual([0, expect.stringContaining("nothing was removed")]);
  expect(contents(prefix)).toEqual({});
});

test("install without a place goes to the user's Jupyter, which Jupyter itself lists", () => {
  const home = temporaryFolder();
  const environment = { HOME: home, JUPYTER_DATA_DIR: join(home, "data") };
  expect(downhill(["install"], environment).status).toBe(0);
  expect(Object.keys(contents(home))).toContain("data/kernels/downhill/kernel.json");
});

test("install --sys-prefix goes into the environment of the Python that is active", () => {
  const bin = temporaryFolder();
  const prefix = temporaryFolder();
  // A Python whose environment is a folder of the test.
  const real = execFileSync("python3", ["-c", "import sys; print(sys.executable)"])
    .toString()
    .trim();
  const script = `#!/bin/sh\nexec ${real} -c "import sys; sys.prefix = '${prefix}'; exec(sys.argv[2])" "$@"\n`;
  writeFileSync(join(bin, "python3"), script, { mode: 0o755 });
  expect(downhill(["install", "--sys-prefix"], { PATH: bin }).status).toBe(0);
  expect(Object.keys(contents(prefix))).toContain("share/jupyter/kernels/downhill/kernel.json");
});

test("install into a place that cannot be written to says so and leaves nothing", () => {
  const prefix = temporaryFolder();
  // A file where a folder must be stops root too.
  mkdirSync(join(prefix, "share/jupyter/kernels"), { recursive: true });
  writeFileSync(join(prefix, "share/jupyter/labextensions"), "in the way");
  const before = contents(prefix);
  const { status, stderr } = downhill(["install", "--prefix", prefix]);
  expect(stderr).toMatch(/cannot be installed into .*\nHint: .*--user/);
  expect([status, contents(prefix)]).toEqual([1, before]);
});

test.each([
  [["instal"], /no command "instal"[\s\S]*downhill install/],
  [["uninstal"], /no command "uninstal"[\s\S]*downhill uninstall/],
  [["install", "--usr"], /Unknown option '--usr'[\s\S]*--help/],
  [["install", "--user", "--sys-prefix"], /One place at a time/],
  [["install", "--prefix"], /--prefix/],
])("downhill %j is refused with a hint", (words, complaint) => {
  const { status, stdout, stderr } = downhill(words);
  expect(stderr).toMatch(complaint);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect([status, stdout]).toEqual([1, ""]);
});

test.each([["--help"], ["-h"], ["help"], ["install", "--help"]])(
  "downhill %s prints the commands",
  (...words) => {
    const { status, stdout } = downhill(words);
    expect([status, stdout]).toEqual([0, expect.stringContaining("downhill COMMAND")]);
  },
);

test("downhill --version is the version of the package", () => {
  expect(downhill(["--version"]).stdout).toBe(`${manifest.version}\n`);
});
