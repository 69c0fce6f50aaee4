import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { openNotebook } from "./jupyterlab.ts";

const read = (path: string) => readFileSync(`notebooks/${path}`, "utf8");
const exercises = readdirSync("notebooks/exercises").map((name) => `exercises/${name}`);

/** A lesson with the files beside it, as a learner has them. */
const lesson = (name: string) =>
  Object.fromEntries([name, ...exercises].map((path) => [path, read(path)]));

/** A whole lesson with a dozen figures takes JupyterLab its time. */
const timeout = 240_000;

browserTest(
  "lesson 02 runs, draws and checks in JupyterLab, and asks no network",
  { timeout },
  async () => {
    const name = "02-squared-and-absolute-error.ipynb";
    const notebook = await openNotebook(lesson(name), name);
    const { page } = notebook;
    await notebook.runAll();
    const text = (words: string | RegExp) =>
      page.locator(".jp-OutputArea-output", { hasText: words });

    await text("Epoch 0: loss = 30.0000").first().waitFor();
    await text("w = 1.9897, b = 0.0304").first().waitFor();
    await text("The squared error likes 22 best, the absolute error 3").first().waitFor();
    // Figures are drawn where they can be seen.
    await page.locator(".jp-OutputArea-output svg path.js-line").first().waitFor();
    expect(await page.locator(".jp-OutputArea-output .slider-group").count()).toBeGreaterThan(0);
    // Hints wait inside each other, closed.
    const feedback = text("mseGrad: not started").first();
    expect(await feedback.getByText("Hint 2 of 3").isVisible()).toBe(false);
    await feedback.getByText("Hint 1 of 3").click();
    expect(await feedback.getByText("Hint 2 of 3").isVisible()).toBe(true);

    await notebook.screenshot("lesson-02");
    // Figures are drawn, not pictures of drawings.
    expect(await page.locator('.jp-OutputArea-output[data-mime-type="image/png"]').count()).toBe(0);
    for (const kind of ["stderr", "error"]) {
      const said = page.locator(`.jp-OutputArea-output[data-mime-type$="jupyter.${kind}"]`);
      expect(await said.allInnerTexts()).toEqual([]);
    }
    expect(notebook.errors).toEqual([]);
    expect(notebook.foreignRequests).toEqual([]);
  },
);
