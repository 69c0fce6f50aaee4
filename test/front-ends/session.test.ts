import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, type OpenNotebook, openNotebook } from "./jupyterlab.ts";

const cells = [
  'import { huber } from "downhill";\nconst loss = huber({ delta: 1 });\nlet kept = loss(3, 1);',
  "const text: string = loss;\n1",
  "loss.con",
  "huber",
  "kept = loss(5, 1);\nfor (;;) {}",
  "kept",
  "process.abort();",
  "6 * 7",
] as const;

const [declared, illTyped, begun, documented, endless, after, crash, survivor] = cells.keys();

browserTest(
  "a session in JupyterLab: a completion, a hover, a remark, an interrupt, and a crash that it survives",
  async () => {
    const notebook = await openNotebook({ "session.ipynb": notebookOf(cells) }, "session.ipynb");
    await run(notebook, declared!);

    await run(notebook, illTyped!);
    const remark = notebook.outputs(illTyped!).getByLabel("Types");
    await remark.getByText("TS2322").waitFor();
    await notebook.screenshot("session-1-remark");

    await write(notebook, begun!);
    await notebook.page.keyboard.press("Tab");
    const popup = notebook.page.locator(".jp-Completer");
    await popup.getByText("convex", { exact: true }).waitFor();
    await notebook.screenshot("session-2-completion");
    await notebook.page.keyboard.press("Escape");
    await popup.waitFor({ state: "hidden" });

    await write(notebook, documented!);
    await notebook.page.keyboard.press("Shift+Tab");
    const tooltip = notebook.page.locator(".jp-Tooltip");
    // The formula is set, not shown as its source.
    await tooltip.locator("mjx-container").first().waitFor();
    expect(await tooltip.textContent()).toMatch(/delta/);
    await notebook.screenshot("session-3-hover");
    await notebook.page.keyboard.press("Escape");
    await tooltip.waitFor({ state: "detached" });

    await select(notebook, endless!);
    const ended = notebook.command("notebook:run-cell");
    await status(notebook, "busy");
    await notebook.command("notebook:interrupt-kernel");
    await ended;
    await notebook.outputs(endless!).getByText("KeyboardInterrupt").first().waitFor();
    await run(notebook, after!);
    await notebook.outputs(after!).getByText("tensor").first().waitFor();
    await notebook.screenshot("session-4-interrupt");

    await run(notebook, crash!);
    await notebook.outputs(crash!).getByText("gone").first().waitFor();
    await run(notebook, survivor!);
    await notebook.outputs(survivor!).getByText("42", { exact: true }).waitFor();
    await notebook.screenshot("session-5-crash-survived");
    expect(notebook.errors).toEqual([]);
    expect(notebook.foreignRequests).toEqual([]);
  },
);

async function select({ page }: OpenNotebook, cell: number): Promise<void> {
  await page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".cm-content").click();
}

/** Puts the cursor behind the last word of a cell, as if it had just been written. */
async function write(notebook: OpenNotebook, cell: number): Promise<void> {
  await select(notebook, cell);
  await notebook.page.keyboard.press("Control+End");
}

async function run(notebook: OpenNotebook, cell: number): Promise<void> {
  await select(notebook, cell);
  await notebook.command("notebook:run-cell");
  await notebook.page
    .locator(".jp-Notebook .jp-Cell")
    .nth(cell)
    .getByText(/^\[\d+\]:$/)
    .first()
    .waitFor();
}

function status({ page }: OpenNotebook, wanted: string): Promise<unknown> {
  return page.waitForFunction(
    (wanted) =>
      Reflect.get(window, "jupyterapp").shell.currentWidget.sessionContext.session.kernel.status ===
      wanted,
    wanted,
  );
}

browserTest(
  "all cells at once: each remark stands under its cell, although it comes later",
  async () => {
    const texts = [
      "const one = 1;",
      "const two: string = one;\n2",
      "3",
      "two.length",
      "const five: number = two;\n5",
    ];
    const notebook = await openNotebook({ "all.ipynb": notebookOf(texts) }, "all.ipynb");
    await notebook.command("notebook:run-all-cells");
    for (const [cell, place] of [
      [1, "1:7"],
      [4, "1:7"],
    ] as const) {
      await notebook.outputs(cell).getByLabel("Types").getByText(place).waitFor();
    }
    await notebook.screenshot("all-cells-remarks");
    const remarks = texts.map((_, cell) => notebook.outputs(cell).getByLabel("Types").count());
    expect(await Promise.all(remarks)).toEqual([0, 1, 0, 0, 1]);
  },
);
