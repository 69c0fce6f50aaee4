import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { test } from "vitest";

const executable = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
].find((path) => path && existsSync(path));

/**
 * A test that needs a browser. Without one it is skipped on a developer's machine, where nobody
 * asked for a browser, and fails under CI, where a skipped test would go unseen.
 */
export const browserTest = test.skipIf(executable === undefined && process.env.CI !== "true");

if (executable === undefined) {
  console.warn("No Chromium here (set CHROMIUM to its path), so the browser tests are skipped.");
}

/** Starts the machine's Chromium without a window and without traffic of its own. */
export function launchChromium(): Promise<Browser> {
  if (executable === undefined) throw new Error("The browser tests need Chromium; there is none.");
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
