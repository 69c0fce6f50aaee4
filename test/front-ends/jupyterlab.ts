import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { inject, onTestFinished, type TestContext } from "vitest";
import { launchChromium } from "./chromium.ts";
import type { ServerPlace } from "./server.setup.ts";

/** A notebook open in the real JupyterLab, in a real browser. */
export interface OpenNotebook {
  readonly page: Page;
  /** Where the files are. */
  readonly folder: string;
  /** What the page wrote to its console as an error, and what it threw that Notebook 7 alone does not. */
  readonly errors: readonly string[];
  /** Addresses it asked for beyond its own server. */
  readonly foreignRequests: readonly string[];
  /** Runs every cell and waits until the kernel is idle. */
  readonly runAll: () => Promise<void>;
  /** Runs a JupyterLab command by its id, for example `"docmanager:save"`. */
  readonly command: (id: string) => Promise<void>;
  /** The outputs below a code cell, counted from 0 over all cells. */
  readonly outputs: (cell: number) => Locator;
  /** Saves a picture of the page as test-results/front-ends/NAME.png. */
  readonly screenshot: (name: string) => Promise<void>;
}

const pictures = join("test-results", "front-ends");

/** A notebook file of code cells for a kernel, ours unless another is named. */
export function notebookOf(cells: readonly string[], kernel = "downhill"): string {
  return JSON.stringify({
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/**
 * Opens the notebook `name` among the files in JupyterLab (or Notebook 7), in a folder and a
 * workspace of its own. All is closed when the test ends; a failed test leaves a picture and its
 * trace (for `playwright show-trace`) in test-results/front-ends. Who is not `patient` gets the page
 * before the kernel is ready.
 */
export async function openNotebook(
  files: Readonly<Record<string, string>>,
  name: string,
  application: "jupyterlab" | "notebook" = "jupyterlab",
  { patient = true } = {},
): Promise<OpenNotebook> {
  const server = inject("jupyter");
  const folder = mkdtempSync(join(server.folder, "test-"));
  write(folder, files);
  const own = basename(folder);
  onTestFinished(() => endKernels(server, own));
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  await context.tracing.start({ snapshots: true });
  onTestFinished((test) => closeBrowser(test, browser, context));
  const page = await context.newPage();
  const seen = watch(page, server.address);
  const path = application === "jupyterlab" ? `lab/workspaces/${own}/tree` : "notebooks";
  await page.goto(`${server.address}/${path}/${own}/${name}?token=${server.token}`);
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
  if (patient) await idle(page);
  const command = async (id: string) => {
    await page.evaluate((id) => Reflect.get(window, "jupyterapp").commands.execute(id), id);
  };
  return {
    page,
    folder,
    ...seen,
    command,
    runAll: async () => {
      await command("notebook:run-all-cells");
      await idle(page);
    },
    outputs: (cell) =>
      page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea-output"),
    screenshot: async (picture) => {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${picture}.png`) });
    },
  };
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Ends the kernels of the notebooks in a folder: what one test leaves running slows the next. */
async function endKernels({ address, token }: ServerPlace, folder: string): Promise<void> {
  const sessions = `${address}/api/sessions`;
  const headers = { Authorization: `token ${token}` };
  const running: { id: string; path: string }[] = await (await fetch(sessions, { headers })).json();
  for (const { id, path } of running) {
    if (path.startsWith(`${folder}/`)) {
      await fetch(`${sessions}/${id}`, { method: "DELETE", headers });
    }
  }
}

/** Notebook 7.6 throws these, with or without our extension: reading its settings, and in a folder. */
const ownErrorsOfNotebook = [
  "TypeError: Cannot read properties of undefined (reading 'schema')",
  "Error: Command 'filebrowser:open-path' not registered.",
];

function watch(page: Page, address: string) {
  const [errors, foreignRequests]: [string[], string[]] = [[], []];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => {
    if (!ownErrorsOfNotebook.includes(String(error))) errors.push(String(error));
  });
  page.on("request", (request) => {
    const url = request.url();
    if (/^(http|ws)/.test(url) && new URL(url).host !== new URL(address).host) {
      foreignRequests.push(url);
    }
  });
  return { errors, foreignRequests };
}

/** Waits until the kernel has come up and computes nothing. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { sessionContext } = Reflect.get(window, "jupyterapp").shell.currentWidget;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
  });
  await page.waitForFunction(
    () => {
      const { sessionContext } = Reflect.get(window, "jupyterapp").shell.currentWidget;
      return sessionContext.session.kernel.status === "idle";
    },
    undefined,
    { timeout: 90_000 },
  );
}

async function closeBrowser({ task }: TestContext, browser: Browser, context: BrowserContext) {
  const name = task.name.replaceAll(/\W+/g, "-").slice(0, 60);
  const failed = task.result?.state === "fail";
  if (failed) await context.pages()[0]?.screenshot({ path: join(pictures, `${name}.png`) });
  await context.tracing.stop(failed ? { path: join(pictures, `${name}.zip`) } : {});
  await browser.close();
}
