import { readFileSync } from "node:fs";
import { expect, inject } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, openNotebook } from "./jupyterlab.ts";

const cells = [
  'import { mse, plot } from "downhill";\nconst start: number = 41;\nconsole.log("from the kernel");\nstart + 1',
  "plot.fn(Math.sin)",
  'function far(): never {\n  throw new RangeError("too far");\n}\nfar()',
];

browserTest(
  "JupyterLab shows what cells print, give, draw and throw, and asks no network",
  async () => {
    const notebook = await openNotebook({ "first.ipynb": notebookOf(cells) }, "first.ipynb");
    await notebook.runAll();
    await notebook.outputs(0).getByText("from the kernel").waitFor();
    await notebook.outputs(0).getByText("42", { exact: true }).waitFor();
    // Drawn, not a picture of a drawing.
    const curve = notebook.outputs(1).locator("svg path.js-line").first();
    await curve.waitFor();
    expect((await curve.getAttribute("d"))?.length).toBeGreaterThan(100);
    await notebook.outputs(2).getByText("RangeError: too far").waitFor();
    await notebook.screenshot("jupyterlab");
    expect(notebook.errors).toEqual([]);
    expect(notebook.foreignRequests).toEqual([]);
    // The server's log has its own words on other tests; a trace of JavaScript could only be ours.
    expect(readFileSync(inject("jupyter").log, "utf8")).not.toMatch(/^\s+at .*(node:|file:)/m);
  },
);

browserTest("JupyterLab runs all cells that were asked for while the kernel starts", async () => {
  const counting = ["let a = 1;\na", ...Array.from({ length: 4 }, () => "a += 1;\na")];
  const files = { "early.ipynb": notebookOf(counting) };
  const notebook = await openNotebook(files, "early.ipynb", "jupyterlab", { patient: false });
  // Without any kernel JupyterLab runs nothing, whatever kernel it is going to be.
  await notebook.page.waitForFunction(
    () => Reflect.get(window, "jupyterapp").shell.currentWidget.sessionContext.session?.kernel,
  );
  await notebook.runAll();
  for (const [cell] of counting.entries()) {
    await notebook
      .outputs(cell)
      .getByText(`${cell + 1}`, { exact: true })
      .waitFor();
  }
});
