// `npm test`: sets up, runs every kind of test and ends with one line that counts them all.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { python } from "../kernel/install/python.mjs";
import { root } from "../kernel/install/root.mjs";
import { setUp } from "../kernel/install/setup.mjs";
import { run } from "../kernel/install/steps.mjs";
import { runAsCommand } from "../kernel/install/Trouble.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const results = join(root, "test-results");

/** How the attributes of a report write what they may not contain. @type {Readonly<Record<string, string>>} */
const entities = { "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&" };

await runAsCommand(async () => {
  await setUp({ tests: true });
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results);
  // What waits for browsers leaves room for what waits for kernels.
  const counts = [await vitest("code"), ...(await Promise.all([vitest("front-ends"), pytest()]))];
  if (process.argv.includes("--long")) counts.push(await vitest("long"));
  const { passed, failed, skipped } = sum(counts);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed > 0 ? 1 : 0;
});

/** @param {"code" | "front-ends" | "long"} suite */
async function vitest(suite) {
  const config = suite === "code" ? "vitest.config.ts" : `test/${suite}/vitest.config.ts`;
  const file = join(results, `${suite}.json`);
  const code = await show(process.execPath, [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    ...["run", "--config", config, "--reporter=default", "--reporter=json"],
    `--outputFile.json=${file}`,
  ]);
  return counted(suite, code, file, vitestCount);
}

/** @param {string} report @returns {Count} */
function vitestCount(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    JSON.parse(report);
  // A file that does not load has no tests to fail; it counts as one.
  const broken = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/** Like the browser tests, a Python test that failed has a second try; what it says then counts. */
async function pytest() {
  const first = await pytestRun("python", []);
  const late = first.failed > 0 ? failedTests(readFileSync(reportOf("python"), "utf8")) : [];
  // What failed outside of any test, such as a file that does not load, is not tried again.
  if (late.length === 0) return first;
  console.error(`These Python tests failed and are tried once more:\n${late.join("\n")}`);
  const { passed, failed } = await pytestRun("python-again", late);
  if (passed + failed < late.length) return first;
  return { passed: first.passed + first.failed - failed, failed, skipped: first.skipped };
}

/**
 * The names by which pytest runs the tests that failed. Its own list of them leaves out a test of
 * which only a subtest failed.
 *
 * @param {string} report @returns {string[]}
 */
function failedTests(report) {
  const failed = [...report.matchAll(/<testcase ([^>]*[^/])>\s*<(?:failure|error)/g)];
  const names = failed.flatMap(([, attributes = ""]) => {
    const [suite, name] = ["classname", "name"].map((key) => attribute(attributes, key));
    const place = suite && placeOf(suite.split("."));
    return place && name ? [`${place}::${name}`] : [];
  });
  return [...new Set(names)];
}

/**
 * The file of a test and the classes in it. (The file that a report names may be another one, from which
 * the test was inherited.)
 *
 * @param {readonly string[]} parts @returns {string | undefined}
 */
function placeOf(parts) {
  for (let count = parts.length; count > 0; count--) {
    const file = `${parts.slice(0, count).join("/")}.py`;
    if (existsSync(join(root, file))) return [file, ...parts.slice(count)].join("::");
  }
  return undefined;
}

/** @param {string} attributes @param {string} key @returns {string | undefined} */
function attribute(attributes, key) {
  const text = new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1];
  return text?.replace(/&#(\d+);|&\w+;/g, (entity, code) =>
    code ? String.fromCodePoint(Number(code)) : (entities[entity] ?? entity),
  );
}

/** @param {string} name */
function reportOf(name) {
  return join(results, `${name}.xml`);
}

/** @param {string} name @param {readonly string[]} tests all if there are none @returns {Promise<Count>} */
async function pytestRun(name, tests) {
  const file = reportOf(name);
  const code = await showAtEnd(python, [
    ...["-m", "pytest", "--quiet", "-o", `cache_dir=${join(root, ".cache", "pytest")}`],
    `--junitxml=${file}`,
    ...(tests.length > 0 ? tests : ["test"]),
  ]);
  return counted(name, code, file, junitCount);
}

/** @param {string} report @returns {Count} */
function junitCount(report) {
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? "";
  const [tests = 0, failures = 0, errors = 0, skipped = 0] = [
    ...["tests", "failures", "errors", "skipped"],
  ].map((name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1]));
  const failed = failures + errors;
  return { passed: tests - failed - skipped, failed, skipped };
}

/**
 * The counts of one suite's report. A suite that ended badly without a failed test failed as a whole.
 *
 * @param {string} suite @param {number | null} code @param {string} file
 * @param {(report: string) => Count} read
 * @returns {Count}
 */
function counted(suite, code, file, read) {
  const count = existsSync(file)
    ? read(readFileSync(file, "utf8"))
    : { passed: 0, failed: 0, skipped: 0 };
  if (code === 0 || count.failed > 0) return count;
  console.error(`The tests "${suite}" ended with exit code ${code}, though none of them failed.`);
  return { ...count, failed: 1 };
}

/** @param {string} program @param {readonly string[]} parameters @returns {Promise<number | null>} */
function show(program, parameters) {
  return new Promise((done, fail) => {
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", fail);
    child.on("close", done);
  });
}

/**
 * Like `show`, for a program beside another one: what it prints comes in one piece.
 *
 * @param {string} program @param {readonly string[]} parameters @returns {Promise<number | null>}
 */
async function showAtEnd(program, parameters) {
  const { code, output } = await run(program, parameters);
  process.stdout.write(output);
  return code;
}

/** @param {readonly Count[]} counts @returns {Count} */
function sum(counts) {
  return counts.reduce((total, { passed, failed, skipped }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
    skipped: total.skipped + skipped,
  }));
}
