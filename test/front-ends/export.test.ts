import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { Output } from "../../kernel/run/index.ts";
import { gallery } from "../plot/gallery.ts";
import { byKeyboardAlone } from "./byKeyboardAlone.ts";
import { browserTest, launchChromium } from "./chromium.ts";

interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

const plotly = (figure: Figure, png?: string): Output => ({
  output_type: "display_data",
  data: {
    "application/vnd.plotly.v1+json": figure,
    ...(png && { "image/png": png }),
    "text/plain": "in words",
  },
  metadata: {},
});

const notebookOfCells = (cells: readonly object[]): string =>
  JSON.stringify({
    cells,
    metadata: { kernelspec: { name: "downhill", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });

/** Everything that a notebook may show, in one. */
const everything = notebookOfCells([
  markdown(
    "# All kinds of cells\n\nA formula $\\sqrt{x_1^2}$ and\n\n$$\\sum_{i=1}^n \\frac{i}{2}$$",
  ),
  markdown(
    "| a | b |\n|---|---|\n| 1 | `code` |\n\n> said\n\n```ts\nconst long = 1; // " +
      "long ".repeat(40) +
      "\n```",
  ),
  markdown("<details><summary>Solution</summary>\n\nIt is **two**.\n\n</details>"),
  code("const a = 1; // a comment\nlet b = /x/g.test('text');", [
    { output_type: "stream", name: "stdout", text: "printed\n" },
    { output_type: "stream", name: "stderr", text: "warned\n" },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["RangeError: wrong"] },
  ]),
  code("html", [
    shown("text/html", "<b>bold</b><img src='https://example.org/spy.png' alt='spy'>"),
  ]),
  code("slider", [plotly(gallery["slider over an outlier"] as unknown as Figure)]),
  code("map", [plotly(gallery.contour as unknown as Figure)]),
  code("solid", [
    plotly({
      data: [
        {
          type: "surface",
          z: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
      layout: {},
    }),
  ]),
]);

browserTest.each(["light", "dark"] as const)(
  "an exported page works in %s colours without a network, and excludes nobody",
  async (colorScheme) => {
    const { page, errors, requests } = await openPage(exported(), colorScheme);
    await expect.poll(() => drawnFigures(page), { timeout: 60_000 }).toBe(3);
    expect(await page.locator("figure img").count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    const screenshot = join("test-results", "front-ends", `export-${colorScheme}.png`);
    await page.screenshot({ path: screenshot, fullPage: true });
    expect(errors.filter((error) => !/spy\.png/.test(error))).toEqual([]);
    // The picture that an output asked for was refused by the page itself, not by the missing network.
    expect(requests).toEqual(["https://example.org/spy.png: csp"]);
  },
);

browserTest("the slider of an exported page moves its figure, by mouse", async () => {
  const { page } = await openPage(exported());
  const figure = page.locator("figure.figure").first();
  const title = () => figure.locator(".gtitle").textContent();
  await figure.locator(".gtitle").waitFor();
  const before = await title();
  const rail = (await figure.locator(".slider-rail-touch-rect").boundingBox())!;
  await page.mouse.click(rail.x + rail.width - 2, rail.y + rail.height / 2);
  await expect.poll(title).not.toBe(before);
});

browserTest("the sliders and buttons of an exported page are moved by keyboard", async () => {
  const { page, errors } = await openPage(exported());
  const figures = page.locator("figure.figure");
  await byKeyboardAlone(page, figures.nth(0), figures.nth(1));
  expect(errors.filter((error) => !/spy\.png/.test(error))).toEqual([]);
});

browserTest("the pages of a book share what is not theirs alone", async () => {
  const folder = notebooks(everything);
  const book = join(folder, "book");
  downhill("export", join(folder, "all.ipynb"), "--book", book);
  const { page, errors } = await openPage(join(book, "all.html"));
  await expect.poll(() => drawnFigures(page), { timeout: 60_000 }).toBe(3);
  expect(errors.filter((error) => !/spy\.png/.test(error))).toEqual([]);
  expect(readFileSync(join(book, "all.html"), "utf8").length).toBeLessThan(500_000);
});

browserTest(
  "a reader finds the way through a book by links and keys, in a narrow window too",
  async () => {
    const folder = notebooks(notebookOfCells([markdown("# One")]));
    const names = ["two", "three"];
    for (const name of names)
      writeFileSync(join(folder, `${name}.ipynb`), notebookOfCells([markdown(`# ${name}`)]));
    const files = ["all", ...names].map((name) => join(folder, `${name}.ipynb`));
    const book = join(folder, "book");
    downhill("export", ...files, "--book", book);

    const { page, errors } = await openPage(join(book, "index.html"));
    await page.setViewportSize({ width: 360, height: 640 });
    const heading = () => page.getByRole("heading", { level: 1 }).textContent();
    const above = page.getByRole("navigation", { name: "Pages, above" });
    const below = page.getByRole("navigation", { name: "Pages, below" });
    expect(await violations(page)).toEqual([]);

    await page.getByRole("navigation", { name: "Contents" }).getByRole("link").first().click();
    await expect.poll(heading).toBe("One");
    expect(await above.getByRole("link", { name: "←" }).count()).toBe(0);
    await below.getByRole("link", { name: "two →" }).click();
    await expect.poll(heading).toBe("two");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );

    // The keyboard meets back, contents and on, in this order.
    for (let link = 0; link < 3; link++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(heading).toBe("three");
    expect(await below.getByRole("link", { name: "→" }).count()).toBe(0);
    await above.getByRole("link", { name: "← two" }).click();
    await expect.poll(heading).toBe("two");
    await above.getByRole("link", { name: "Contents" }).click();
    await expect.poll(heading).toBe("Contents");
    expect(errors.filter((error) => !/page\.css/.test(error))).toEqual([]);
  },
);

function markdown(source: string): object {
  return { cell_type: "markdown", source, metadata: {} };
}

function code(source: string, outputs: readonly Output[]): object {
  return { cell_type: "code", source, metadata: {}, outputs, execution_count: 1 };
}

function shown(type: string, form: unknown): Output {
  return { output_type: "display_data", data: { [type]: form, "text/plain": "" }, metadata: {} };
}

function notebooks(all: string): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-export-"));
  writeFileSync(join(folder, "all.ipynb"), all);
  return folder;
}

/** The page of everything, as the command writes it. */
function exported(): string {
  const folder = notebooks(everything);
  const file = join(folder, "page.html");
  downhill("export", join(folder, "all.ipynb"), "-o", file);
  return file;
}

function downhill(...words: string[]): void {
  execFileSync(process.execPath, ["dist/kernel/main.js", ...words]);
}

async function openPage(file: string, colorScheme: "light" | "dark" = "light") {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const viewport = { width: 1000, height: 3000 };
  const context = await browser.newContext({ offline: true, colorScheme, viewport });
  const page = await context.newPage();
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("requestfailed", (request) =>
    requests.push(`${request.url()}: ${request.failure()?.errorText}`),
  );
  page.on("requestfinished", (request) => {
    if (!/^(data|blob|file):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, errors, requests };
}

function drawnFigures(page: Page): Promise<number> {
  return page.locator("figure .plot-container").count();
}

/** What axe, the usual judge, finds that somebody could not use. */
async function violations(page: Page): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf8"));
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(window, "axe").run();
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      [id, ...nodes.map(({ html }) => html.slice(0, 200))].join("\n"),
    );
  });
}
