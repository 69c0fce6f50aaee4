import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { browserTest } from "./chromium.ts";
import { notebookOf, type OpenNotebook, openNotebook } from "./jupyterlab.ts";

const slider = `import { plot } from "downhill";
interact({ power: [1, 9], shape: ["up", "down"], shifted: false }, ({ power, shape, shifted }) => {
  if (power === 3) throw new RangeError("three is too many");
  return plot.fn((x) => (shape === "up" ? 1 : -1) * x ** power + (shifted ? 1 : 0), { title: \`\${shape} \${power} \${shifted}\` });
});`;

const title = (page: Page, text: string | RegExp): Locator =>
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

  // A callback that throws says so in the figure's place, and the reader can move on.
  await handle.focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.getByText("RangeError: three is too many").waitFor();
  await page.keyboard.press("ArrowRight");
  await title(page, "down 4 true").waitFor();
  await notebook.screenshot("controls");
  expect(notebook.errors).toEqual([]);
  expect(notebook.foreignRequests).toEqual([]);
});

const long = `let ticks = 0;
for (;;) { ticks += 1; await new Promise((resolve) => setTimeout(resolve, 20)); }`;

browserTest(
  "a slider moves its figure and a second console answers while a long cell awaits",
  async () => {
    const files = { "long.ipynb": notebookOf([slider, long]) };
    const notebook = await openNotebook(files, "long.ipynb");
    const { page, command, outputs, errors } = notebook;
    await command("notebook:run-cell-and-select-next");
    await title(page, "up 5 false").waitFor({ timeout: 60_000 });
    // What JupyterLab sends for a control, from here on.
    await page.evaluate(() => {
      const { kernel } = Reflect.get(window, "jupyterapp").shell.currentWidget.sessionContext
        .session;
      const sent: unknown[] = [];
      Reflect.set(window, "sentForControls", sent);
      kernel.anyMessage.connect((_kernel: unknown, { msg, direction }: Sent) => {
        if (direction === "send" && msg.header.msg_type === "comm_msg")
          sent.push(msg.header.subshell_id);
      });
    });
    const running = command("notebook:run-cell");
    await prompt(page, 1, "[*]:").waitFor();
    const handle = page.locator(".widget-slider .noUi-handle");
    await handle.focus();
    await page.keyboard.press("ArrowRight");
    await title(page, "up 6 false").waitFor();
    expect(await page.evaluate(() => Reflect.get(window, "sentForControls"))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^[\da-f-]{36}$/)]),
    );
    await notebook.screenshot("slider-beside-a-long-cell");

    const opened = page.locator(".jp-CodeConsole-promptCell .cm-content");
    await command("notebook:create-subshell-console");
    await opened.click({ timeout: 60_000 });
    await page.keyboard.type("['counted', ticks > 0]");
    await page.keyboard.press("Shift+Enter");
    await page.locator(".jp-CodeConsole").getByText("[ 'counted', true ]").waitFor();
    await notebook.screenshot("console-beside-a-long-cell");
    await prompt(page, 1, "[*]:").waitFor();
    await command("kernelmenu:interrupt");
    await running;
    await outputs(1).getByText("KeyboardInterrupt").first().waitFor();
    expect(errors).toEqual([]);
  },
);

/** A message that JupyterLab sent or received. */
interface Sent {
  readonly msg: { readonly header: { readonly msg_type: string; readonly subshell_id?: string } };
  readonly direction: "send" | "recv";
}

const prompt = (page: Page, cell: number, text: string): Locator =>
  page
    .locator(".jp-Notebook .jp-Cell")
    .nth(cell)
    .locator(".jp-InputArea-prompt", { hasText: text });

/** Every kind of control, with all their values in the output "values". */
const everyControl = `const { intSlider, floatSlider, logSlider, rangeSlider, dropdown, checkbox, toggle, text, button, progress, output, vbox, hbox, tabs } = controls;
const all = {
  int: intSlider({ min: 0, max: 10 }), float: floatSlider({ min: 0, max: 1 }),
  log: logSlider({ min: 0.01, max: 1 }), range: rangeSlider({ min: 0, max: 8, step: 1 }),
  choice: dropdown({ options: ["one", "two"] }), tick: checkbox({ description: "tick" }),
  down: toggle({ description: "toggle" }), words: text({ placeholder: "words" }),
};
let clicks = 0;
const [bar, out] = [progress({ max: 4 }), output()];
const tell = () => {
  bar.value = clicks;
  out.value = [{ "text/plain": \`clicked \${clicks} times\` }];
  const values = Object.entries(all).map(([name, { value }]) => [name, value]);
  display.update("values", JSON.stringify({ ...Object.fromEntries(values), clicks }));
};
for (const control of Object.values(all)) control.onChange(tell);
const press = button("press", () => { clicks += 1; tell(); });
const { int, float, log, range, choice, tick, down, words } = all;
display(tabs({ sliders: vbox(int, float, log, range), others: vbox(hbox(choice, tick, down), words, press, bar, out) }));
display("{}", { id: "values" });`;

browserTest.each(["jupyterlab", "notebook"] as const)(
  "every control works in %s by keyboard and by mouse, and keeps its value over a reload",
  async (application) => {
    const cells = [everyControl, "JSON.stringify([int.value, words.value])"];
    const files = { "controls.ipynb": notebookOf(cells) };
    const notebook = await openNotebook(files, "controls.ipynb", application);
    const { page } = notebook;
    await notebook.runAll();
    await moveSliders(notebook);
    await page.getByRole("tab", { name: "others" }).click();
    await moveOthers(notebook);
    await notebook.screenshot(`controls-in-${application}`);

    await notebook.command("docmanager:save");
    await page.reload();
    await page.getByRole("tab", { name: "sliders" }).waitFor({ timeout: 60_000 });
    expect(await page.locator(".widget-text input").inputValue()).toBe("hello");
    await page.getByRole("tab", { name: "sliders" }).click();
    await page.locator(".widget-readout", { hasText: /^10$/ }).first().waitFor();
    await page.locator(".widget-slider .noUi-handle").first().press("Home");
    await page.locator(".widget-readout", { hasText: /^0$/ }).first().waitFor();
    // The kernel knows what was moved after the reload, and what was written before.
    await page.evaluate(() => {
      Reflect.get(window, "jupyterapp").shell.currentWidget.content.activeCellIndex = 1;
    });
    await notebook.command("notebook:run-cell");
    await notebook.outputs(1).getByText(`'[0,"hello"]'`).waitFor();
    expect(notebook.errors).toEqual([]);
  },
);

async function moveSliders({ page, outputs }: OpenNotebook): Promise<void> {
  const handles = page.locator(".widget-slider .noUi-handle");
  await handles.nth(4).waitFor({ timeout: 60_000 });
  const ends = { int: [0, 10], float: [0, 1], log: [0.01, 1], range: [0, 8] } as const;
  for (const [slider, [name, [first, last]]] of Object.entries(ends).entries()) {
    const isRange = name === "range";
    await pressUntil(handles.nth(slider), "Home", outputs, name, isRange ? [first, 6] : first);
    const track = (await page.locator(".widget-slider .noUi-target").nth(slider).boundingBox())!;
    await page.mouse.click(track.x + track.width - 1, track.y + track.height / 2);
    await expectValue(outputs, name, isRange ? [first, last] : last);
  }
}

async function moveOthers({ page, outputs }: OpenNotebook): Promise<void> {
  const choice = page.locator(".widget-dropdown select");
  await pressUntil(choice, "End", outputs, "choice", "two");
  await choice.selectOption("one");
  await expectValue(outputs, "choice", "one");
  for (const [name, part] of [
    ["tick", ".widget-checkbox input"],
    ["down", ".widget-toggle-button"],
  ] as const) {
    await page.locator(part).press("Space");
    await expectValue(outputs, name, true);
    await page.locator(part).click();
    await expectValue(outputs, name, false);
  }
  await page.locator(".widget-text input").click();
  await page.keyboard.type("hello");
  await expectValue(outputs, "words", "hello");
  const press = page.getByRole("button", { name: "press" });
  await press.press("Enter");
  await expectValue(outputs, "clicks", 1);
  await press.click();
  await expectValue(outputs, "clicks", 2);
  await page.getByText("clicked 2 times").waitFor();
  expect(await page.locator(".progress-bar").getAttribute("style")).toContain("width: 50%");
}

type Outputs = OpenNotebook["outputs"];

/** What the kernel has told last of a control. */
async function told(outputs: Outputs, name: string): Promise<unknown> {
  const text = (await outputs(0).last().textContent())!.trim();
  return JSON.parse(text.slice(1, -1))[name];
}

function expectValue(outputs: Outputs, name: string, value: unknown): Promise<void> {
  return expect.poll(() => told(outputs, name), { timeout: 20_000 }).toEqual(value);
}

/** Presses a key that leads to the same value however often it is pressed: the page may not be ready yet. */
function pressUntil(
  part: Locator,
  key: "Home" | "End",
  outputs: Outputs,
  name: string,
  value: unknown,
): Promise<void> {
  const pressed = async () => {
    await part.press(key);
    return told(outputs, name);
  };
  return expect.poll(pressed, { timeout: 30_000, interval: 500 }).toEqual(value);
}

const training = `import { mse, train } from "downhill";
const data = { x: [1, 2, 3, 4], y: [2, 4, 6, 8] };
const cost = (p, x, y) => mse()(p.w.mul(x).add(p.b), y);
const run = await train(cost, data, { parameters: { w: 0, b: 0 }, learningRate: 1e-4, epochs: 1e8, plot: true });
run.outcome`;

browserTest(
  "a training curve grows in place until its button or an interrupt stops it",
  async () => {
    const files = { "training.ipynb": notebookOf([training, "1 + 1"]) };
    const { page, command, outputs, errors } = await openNotebook(files, "training.ipynb");
    const epoch = async () =>
      Number(/Epoch (\d+)/.exec((await title(page, /Epoch/).textContent()) ?? "")?.[1]);
    const grows = async () => {
      await title(page, /Epoch/).waitFor({ timeout: 60_000 });
      const [drawing, before] = [page.locator(".downhill-figure .js-line").first(), await epoch()];
      const first = await drawing.elementHandle();
      await expect.poll(epoch, { timeout: 20_000 }).toBeGreaterThan(before);
      expect(await first?.evaluate((line) => line.isConnected)).toBe(true);
      expect(await page.locator(".downhill-figure").count()).toBe(1);
    };
    // The command is done when the cell is, so nobody waits for it here.
    const running = command("notebook:run-cell");
    await grows();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await title(page, /epochs: cancelled/).waitFor();
    await outputs(0).getByText("'cancelled'").waitFor();
    await running;

    const again = command("notebook:run-cell");
    await grows();
    await command("notebook:interrupt-kernel");
    await outputs(0).getByText("KeyboardInterrupt").first().waitFor();
    await again;
    await page.evaluate(() => {
      Reflect.get(window, "jupyterapp").shell.currentWidget.content.activeCellIndex = 1;
    });
    await command("notebook:run-cell");
    await outputs(1).getByText("2", { exact: true }).waitFor();
    expect(errors).toEqual([]);
  },
);
