import type { Page } from "playwright-core";
import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, openNotebook } from "./jupyterlab.ts";

const cells = [
  "function slope(w: number): number {\n  const error = w - 3;\n  return 2 * error;\n}",
  "let weight = 1;\nconst rates = [0.5, 0.25];\nfor (const rate of rates) {\n  weight -= rate * slope(weight);\n}\nweight",
];

/** Clicks beside a line, from 1, of a code cell, from 0. */
async function clickGutter(page: Page, cell: number, line: number): Promise<void> {
  const gutter = page
    .locator(".jp-Notebook .jp-CodeCell")
    .nth(cell)
    .locator(".cm-breakpoint-gutter.cm-gutter");
  // The first element is an invisible one that keeps the gutter's width.
  const box = await gutter.locator(".cm-gutterElement").nth(line).boundingBox();
  if (!box) throw new Error(`There is no line ${line} in the gutter of cell ${cell}.`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

browserTest(
  "JupyterLab's debugger stops a cell, shows its variables, steps and goes on",
  async () => {
    const notebook = await openNotebook({ "debug.ipynb": notebookOf(cells) }, "debug.ipynb");
    const { page } = notebook;
    await page.locator(".jp-DebuggerBugButton").click();
    await page.locator(".jp-CodeCell .cm-breakpoint-gutter").nth(1).waitFor({ state: "attached" });
    await clickGutter(page, 1, 4);
    // It is listed once the kernel knows it.
    await page.locator(".jp-DebuggerBreakpoint").waitFor();
    // This command ends with the cells, so nobody waits for it here.
    await page.evaluate(() => {
      void Reflect.get(window, "jupyterapp").commands.execute("notebook:run-all-cells");
    });

    const line = (text: string) =>
      page.locator(".jp-DebuggerEditor-highlight", { hasText: text }).waitFor();
    const sidebar = page.locator(".jp-DebuggerSidebar");
    const variable = (name: string) =>
      sidebar
        .locator(".jp-DebuggerVariables-body .jp-TreeItem")
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator(".jp-DebuggerVariables-detail");
    await line("weight -= rate * slope(weight);");
    await variable("rate").getByText("0.5", { exact: true }).waitFor();
    await notebook.screenshot("debugger-stopped");

    await notebook.command("debugger:stepIn");
    await line("const error = w - 3;");
    await variable("w").getByText("1", { exact: true }).waitFor();
    await notebook.command("debugger:next");
    await line("return 2 * error;");
    await variable("error").getByText("-2", { exact: true }).waitFor();
    const calls = sidebar.locator(".jp-DebuggerCallstackFrame-name");
    expect(await calls.allTextContents()).toEqual(["slope", "In[2]"]);
    await notebook.screenshot("debugger-stepped");

    await notebook.command("debugger:continue");
    await line("weight -= rate * slope(weight);");
    await variable("rate").getByText("0.25", { exact: true }).waitFor();
    await notebook.command("debugger:continue");
    await notebook.outputs(1).getByText("3", { exact: true }).waitFor();
    await variable("weight").getByText("3", { exact: true }).waitFor();
    await notebook.screenshot("debugger-ended");
    expect(notebook.errors).toEqual([]);
  },
);

const shapes = `export interface Shape {
  readonly side: number;
}
export function area({ side }: Shape): number {
  const square: number = side ** 2;
  return square;
}
`;

browserTest(
  "JupyterLab's debugger stops in a local file that is open as a kernel source",
  async () => {
    const use = 'import { area } from "./shapes";\narea({ side: 3 })';
    const files = { "debug.ipynb": notebookOf([use]), "shapes.ts": shapes };
    const { page, command, runAll, outputs, screenshot, errors } = await openNotebook(
      files,
      "debug.ipynb",
    );
    await page.locator(".jp-DebuggerBugButton").click();
    await page.locator(".jp-CodeCell .cm-breakpoint-gutter").first().waitFor({ state: "attached" });
    await runAll();
    await outputs(0).getByText("9", { exact: true }).waitFor();
    const sidebar = page.locator(".jp-DebuggerSidebar");
    const source = sidebar.locator(".jp-DebuggerKernelSource-source", { hasText: "shapes.ts" });
    await source.click();

    const opened = page
      .locator(
        "#jp-main-dock-panel [data-jp-debugger='true'].jp-Editor, #jp-main-dock-panel .jp-MainAreaWidget .jp-CodeMirrorEditor",
      )
      .last();
    await opened.getByText("const square: number = side ** 2;").waitFor();
    // It is coloured as TypeScript.
    await opened.locator(".cm-line span", { hasText: /^const$/ }).waitFor();
    const gutter = opened.locator(".cm-breakpoint-gutter.cm-gutter .cm-gutterElement");
    await gutter.nth(5).click();
    await page.locator(".jp-DebuggerBreakpoint", { hasText: "shapes.ts" }).waitFor();
    await page.evaluate(() => {
      const { shell } = Reflect.get(window, "jupyterapp");
      const notebook = [...shell.widgets("main")].find(({ content }) => content?.activeCell);
      shell.activateById(notebook.id);
      void Reflect.get(window, "jupyterapp").commands.execute("notebook:run-all-cells");
    });
    await page.locator(".jp-DebuggerCallstackFrame-name", { hasText: "area" }).waitFor();
    await page
      .locator(".jp-DebuggerEditor-highlight", { hasText: "const square" })
      .first()
      .waitFor();
    await screenshot("debugger-in-a-file");
    await command("debugger:continue");
    expect(errors).toEqual([]);
  },
);
