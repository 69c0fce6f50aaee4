import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import * as plot from "../../src/plot/index.ts";
import { gallery } from "../plot/gallery.ts";
import { byKeyboardAlone } from "./byKeyboardAlone.ts";
import { browserTest } from "./chromium.ts";
import { notebookOf, type OpenNotebook, openNotebook } from "./jupyterlab.ts";

const plotly = "application/vnd.plotly.v1+json";
const parabola = plot.fn((x) => x * x, { title: "A parabola" });
const surface = {
  data: [
    {
      type: "surface",
      z: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  layout: { meta: { alt: "A slope" } },
};

/** A notebook whose figures were drawn at another time, so that nobody trusts it. */
function savedNotebook(...figures: readonly object[]): string {
  const notebook = JSON.parse(
    notebookOf(
      figures.map((_, index) => `# figure ${index}`),
      "python3",
    ),
  );
  figures.forEach((figure, index) => {
    const data = { [plotly]: figure, "text/plain": "in words" };
    notebook.cells[index].outputs = [{ output_type: "display_data", data, metadata: {} }];
  });
  return JSON.stringify(notebook);
}

const drawnLines = (page: Page) => page.locator(".downhill-figure .scatterlayer path.js-line");

/** Neither an error in the console nor a request to elsewhere. */
function expectQuiet({ errors, foreignRequests }: OpenNotebook): void {
  expect(errors).toEqual([]);
  expect(foreignRequests).toEqual([]);
}

browserTest.each(["jupyterlab", "notebook"] as const)(
  "%s draws the figures of a notebook it does not trust, and says them in words",
  async (application) => {
    const files = { "saved.ipynb": savedNotebook(parabola, surface) };
    const notebook = await openNotebook(files, "saved.ipynb", application);
    await drawnLines(notebook.page).first().waitFor();
    await notebook.page.locator(".downhill-figure .gl-container canvas").waitFor();
    const [flat, solid] = await notebook.page.getByRole("figure").all();
    expect(await flat?.getAttribute("aria-label")).toBe(parabola.alt);
    expect(await solid?.getAttribute("aria-label")).toBe("A slope");
    await notebook.screenshot(`figures-in-${application}`);
    expectQuiet(notebook);
  },
);

browserTest.each(["jupyterlab", "notebook"] as const)(
  "%s gets plotly before the first figure where our kernel runs",
  async (application) => {
    const files = { "empty.ipynb": notebookOf(["1 + 1"]) };
    const notebook = await openNotebook(files, "empty.ipynb", application);
    const fetched = () =>
      notebook.page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)),
      );
    await expect
      .poll(fetched, { timeout: 30_000 })
      .toContainEqual(expect.stringMatching(/^plotly\.\w+\.js$/));
    expectQuiet(notebook);
  },
);

browserTest("a figure keeps its own height when the page changes its width", async () => {
  const notebook = await openNotebook({ "saved.ipynb": savedNotebook(parabola) }, "saved.ipynb");
  const { page } = notebook;
  await drawnLines(page).first().waitFor();
  const figure = page.getByRole("figure").first();
  const size = async () => (await figure.locator(".main-svg").first().boundingBox())!;
  const before = await size();
  await page.setViewportSize({ width: 700, height: 500 });
  await expect.poll(async () => (await size()).width).toBeLessThan(before.width);
  expect((await size()).height).toBe(before.height);
});

browserTest("a saved notebook gets a picture, and keeps the one it has", async () => {
  const files = { "saved.ipynb": savedNotebook(parabola) };
  const { page, command, folder } = await openNotebook(files, "saved.ipynb");
  const saved = () => {
    const notebook = JSON.parse(readFileSync(join(folder, "saved.ipynb"), "utf8"));
    return notebook.cells[0].outputs[0].data["image/png"] as string | undefined;
  };
  await drawnLines(page).waitFor();
  await expect
    .poll(
      async () => {
        await command("docmanager:save");
        return saved()?.slice(0, 11);
      },
      { timeout: 20_000 },
    )
    .toBe("iVBORw0KGgo");
});

browserTest.each(["jupyterlab", "notebook"] as const)(
  "the sliders and buttons of saved figures are moved by keyboard in %s",
  async (application) => {
    const files = {
      "saved.ipynb": savedNotebook(gallery["slider over an outlier"]!, gallery.contour!),
    };
    const notebook = await openNotebook(files, "saved.ipynb", application);
    await byKeyboardAlone(notebook.page, notebook.outputs(0), notebook.outputs(1));
    await notebook.screenshot(`slider-by-keyboard-in-${application}`);
    expectQuiet(notebook);
  },
);

browserTest("a dark theme gives dark paper, also to a figure that is drawn already", async () => {
  const notebook = await openNotebook({ "saved.ipynb": savedNotebook(parabola) }, "saved.ipynb");
  const { page } = notebook;
  await drawnLines(page).waitFor();
  const paper = () =>
    page
      .locator(".downhill-figure .main-svg")
      .first()
      .evaluate((svg) => svg.style.background);
  expect(await paper()).toMatch(/^(white|rgb\(255, 255, 255\))/);
  const theme = (name: string) =>
    page.evaluate(
      (theme) =>
        Reflect.get(window, "jupyterapp").commands.execute("apputils:change-theme", { theme }),
      name,
    );
  onTestFinished(() => theme("JupyterLab Light"));
  await theme("JupyterLab Dark");
  await expect.poll(paper, { timeout: 10_000 }).toMatch(/^rgb\(17, 17, 17\)/);
  await notebook.screenshot("figure-in-the-dark");
  expectQuiet(notebook);
});

const live = `
from IPython.display import display
import time
figure = lambda n: {"data": [{"y": list(range(n)), "mode": "lines"}], "layout": {"meta": {"alt": f"{n} points"}}}
show = display({"${plotly}": figure(2)}, raw=True, display_id="live")
for n in range(3, 61):
    show.update({"${plotly}": figure(n)}, raw=True)
    time.sleep(0.02)
`;

browserTest("sixty updates of one figure move one drawing, and end with the last", async () => {
  const notebook = await openNotebook(
    { "live.ipynb": notebookOf([live], "python3") },
    "live.ipynb",
  );
  const { page, command } = notebook;
  await command("notebook:run-all-cells");
  const first = await drawnLines(page).elementHandle({ timeout: 30_000 });
  await page.getByRole("figure", { name: "60 points" }).waitFor();
  expect(await first?.evaluate((line) => line.isConnected)).toBe(true);
  expect(await drawnLines(page).count()).toBe(1);
  expectQuiet(notebook);
});

const many = `
from IPython.display import display, clear_output
import time
for n in range(18):
    clear_output(wait=True)
    display({"${plotly}": {"data": [{"type": "surface", "z": [[n, 2], [3, 4]]}], "layout": {"meta": {"alt": f"Slope {n}"}}}}, raw=True)
    time.sleep(0.2)
`;

browserTest("3-D figures that are gone give their WebGL contexts back", async () => {
  const notebook = await openNotebook(
    { "many.ipynb": notebookOf([many], "python3") },
    "many.ipynb",
  );
  const warnings: string[] = [];
  notebook.page.on("console", (message) => warnings.push(message.text()));
  await notebook.runAll();
  await notebook.page.getByRole("figure", { name: "Slope 17" }).locator("canvas").waitFor();
  expect(warnings.filter((warning) => /active WebGL contexts/.test(warning))).toEqual([]);
  expectQuiet(notebook);
});

browserTest("what is no figure is said, and the rest of the notebook stays", async () => {
  const files = { "saved.ipynb": savedNotebook({ data: "nothing" }, parabola) };
  const notebook = await openNotebook(files, "saved.ipynb");
  await drawnLines(notebook.page).waitFor();
  await notebook.outputs(0).getByText("could not be drawn").waitFor();
  expectQuiet(notebook);
});
