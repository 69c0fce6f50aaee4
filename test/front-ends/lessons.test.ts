import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { openNotebook } from "./jupyterlab.ts";

const lesson = "02-squared-and-absolute-error.ipynb";

/** The files of the lessons, as a learner has them. */
const files = Object.fromEntries(
  readdirSync("notebooks", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ipynb|ts|json|csv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative("notebooks", file), readFileSync(file, "utf8")]),
);

browserTest("a lesson runs from top to bottom in JupyterLab, with drawn figures", async () => {
  const notebook = await openNotebook(files, lesson);
  await notebook.runAll();
  const { page } = notebook;
  // Drawn, not pictures of drawings.
  await page.locator(".downhill-figure .scatterlayer path.js-line").first().waitFor();
  await page.locator(".downhill-figure").nth(1).scrollIntoViewIfNeeded();
  await notebook.screenshot("lesson-02");
  expect(await page.locator(".jp-OutputArea-output img").count()).toBe(0);
  const failures = page.locator('.jp-OutputArea-output[data-mime-type$="jupyter.error"]');
  expect(await failures.allInnerTexts()).toEqual([]);
  expect(notebook.errors).toEqual([]);
  expect(notebook.foreignRequests).toEqual([]);
});
