import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, openNotebook } from "./jupyterlab.ts";

browserTest(
  "JupyterLab runs a notebook without an error and without asking the network",
  async () => {
    const files = { "first.ipynb": notebookOf(["print(6 * 7)"], "python3") };
    const notebook = await openNotebook(files, "first.ipynb");
    await notebook.runAll();
    await notebook.screenshot("jupyterlab");
    expect(notebook.server.log()).not.toContain("Error");
    await notebook.outputs(0).getByText("42").waitFor();
    expect(notebook.errors).toEqual([]);
    expect(notebook.foreignRequests).toEqual([]);
  },
);
