import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, openNotebook } from "./jupyterlab.ts";

const slider = `import { plot } from "downhill";
interact({ power: [1, 9], shape: ["up", "down"], shifted: false }, ({ power, shape, shifted }) =>
  plot.fn((x) => (shape === "up" ? 1 : -1) * x ** power + (shifted ? 1 : 0), { title: \`\${shape} \${power} \${shifted}\` }));`;

const title = (page: Page, text: string): Locator =>
  page.locator(".downhill-figure .gtitle", { hasText: text });

browserTest("controls in JupyterLab move the figure, by mouse and by keyboard", async () => {
  const files = { "controls.ipynb": notebookOf([slider]) };
  const notebook = await openNotebook(files, "controls.ipynb");
  const { page } = notebook;
  await notebook.runAll();
  await title(page, "up 5 false").waitFor({ timeout: 60_000 });
  const drawing = await page.locator(".downhill-figure .main-svg").first().elementHandle();

  const handle = page.locator(".widget-slider .noUi-handle");
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await title(page, "up 6 false").waitFor();
  await page.keyboard.press("Home");
  await title(page, "up 1 false").waitFor();

  const track = (await page.locator(".widget-slider .noUi-target").boundingBox())!;
  await page.mouse.click(track.x + track.width - 2, track.y + track.height / 2);
  await title(page, "up 9 false").waitFor();

  await page.locator(".widget-dropdown select").selectOption("down");
  await title(page, "down 9 false").waitFor();
  await page.locator(".widget-checkbox input").focus();
  await page.keyboard.press("Space");
  await title(page, "down 9 true").waitFor();

  // The figure was moved, not replaced, and the slider still has the focus it needs.
  expect(await drawing?.evaluate((svg) => svg.isConnected)).toBe(true);
  expect(await page.locator(".downhill-figure").count()).toBe(1);
  await notebook.screenshot("controls");
  expect(notebook.errors).toEqual([]);
  expect(notebook.foreignRequests).toEqual([]);
});

browserTest("controls come back with their values when the page is loaded again", async () => {
  const files = { "controls.ipynb": notebookOf([slider]) };
  const { page, command, runAll, errors } = await openNotebook(files, "controls.ipynb");
  await runAll();
  await page.locator(".widget-slider .noUi-handle").focus({ timeout: 60_000 });
  await page.keyboard.press("End");
  await title(page, "up 9 false").waitFor();
  await command("docmanager:save");
  await page.reload();
  await page.locator(".widget-slider .noUi-handle").waitFor({ timeout: 60_000 });
  await page.locator(".widget-readout", { hasText: "9" }).waitFor();
  await page.locator(".widget-slider .noUi-handle").focus();
  await page.keyboard.press("Home");
  // The value reaches the kernel; JupyterLab does not connect a saved figure with its cell again.
  await page.locator(".widget-readout", { hasText: "1" }).waitFor();
  expect(errors).toEqual([]);
});

const training = `import { plot } from "downhill";
const losses = [1];
display(plot.line({ loss: losses }, { title: "step 0" }), { id: "training" });
const start = performance.now();
for (let step = 1; step <= 60; step++) {
  losses.push(losses.at(-1) * 0.95);
  display.update("training", plot.line({ loss: losses }, { title: \`step \${step}\` }));
  await new Promise((later) => setTimeout(later, 20));
}
\`\${performance.now() - start} ms\``;

browserTest("a training curve grows in place and ends with its last step", async () => {
  const files = { "training.ipynb": notebookOf([training]) };
  const { page, runAll, errors } = await openNotebook(files, "training.ipynb");
  await runAll();
  await title(page, "step 60").waitFor({ timeout: 30_000 });
  expect(await page.locator(".downhill-figure").count()).toBe(1);
  expect(errors).toEqual([]);
});
