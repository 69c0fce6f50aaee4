import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { environmentIsReady } from "../../../kernel/install/python.mjs";
import { downloadTrouble, isUnfinished, makeAnew } from "../../../kernel/install/steps.mjs";

/** A place for a folder, on the same disk as the project. */
function place(): string {
  mkdirSync(".cache", { recursive: true });
  const parent = mkdtempSync(join(process.cwd(), ".cache", "steps-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, "folder");
}

function folderWith(file: string): string {
  const folder = place();
  write(folder, file);
  return folder;
}

function write(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), "");
}

test("a folder made anew holds what was made and nothing of before", async () => {
  const folder = folderWith("old");
  await makeAnew(folder, async () => write(folder, "new"));
  expect([readdirSync(folder), isUnfinished(folder)]).toEqual([["new"], false]);
});

test("when making fails, what stood there before stands there again", async () => {
  const folder = folderWith("old");
  const failing = makeAnew(folder, async () => {
    write(folder, "half");
    throw new Error("no network");
  });
  await expect(failing).rejects.toThrow("no network");
  expect([readdirSync(folder), isUnfinished(folder)]).toEqual([["old"], false]);
});

test("when the first making fails, nothing stands there", async () => {
  const folder = place();
  const failing = makeAnew(folder, async () => {
    write(folder, "half");
    throw new Error("no network");
  });
  await expect(failing).rejects.toThrow("no network");
  expect([existsSync(folder), isUnfinished(folder)]).toEqual([false, false]);
});

test.each([[true], [false]])(
  "a making that was killed is begun again (old one there: %s)",
  async (old) => {
    const folder = old ? folderWith("old") : place();
    const steps = pathToFileURL("kernel/install/steps.mjs").href;
    const killed = `import { mkdirSync, writeFileSync } from "node:fs";
    const { makeAnew } = await import(${JSON.stringify(steps)});
    await makeAnew(${JSON.stringify(folder)}, async () => {
      mkdirSync(${JSON.stringify(folder)});
      writeFileSync(${JSON.stringify(join(folder, "half"))}, "");
      process.kill(process.pid, "SIGKILL");
      await new Promise(() => {});
    });`;
    spawnSync(process.execPath, ["--input-type=module", "--eval", killed]);
    expect([readdirSync(folder), isUnfinished(folder)]).toEqual([["half"], true]);
    const failing = makeAnew(folder, () => Promise.reject(new Error("again")));
    await expect(failing).rejects.toThrow("again");
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual(old ? ["old"] : []);
    await makeAnew(folder, async () => write(folder, "new"));
    expect([readdirSync(folder), isUnfinished(folder)]).toEqual([["new"], false]);
  },
);

test("a download that failed for another reason than the network is told in its own words", () => {
  const { message } = downloadTrouble(
    "node modules",
    "npm error code EINTEGRITY\nnpm error sha512",
  );
  expect(message).toMatch(
    /could not be installed: npm error code EINTEGRITY\nHint: Read .*setup\.log/,
  );
});

test.skipIf(!environmentIsReady())("a second setup finds all in place and is silent", () => {
  const setup = pathToFileURL("kernel/install/setup.mjs").href;
  const program = `await (await import(${JSON.stringify(setup)})).setUp();`;
  const run = () => spawnSync(process.execPath, ["--input-type=module", "--eval", program]);
  run();
  const { status, stdout, stderr } = run();
  expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "", ""]);
});
