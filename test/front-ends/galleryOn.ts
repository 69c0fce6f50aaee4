import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { gallery } from "../plot/gallery.ts";
import { browserTest, launchChromium } from "./chromium.ts";

export const require = createRequire(import.meta.url);
export const minified = (name: string) =>
  join(dirname(require.resolve(`${name}/package.json`)), "plotly.min.js");

/** Plotly as the page knows it. */
interface Plotly {
  readonly version: string;
  newPlot(node: Element, figure: object): Promise<unknown>;
  validate(data: unknown, layout: unknown): undefined | { code: string; msg: string }[];
  animate(node: Element, frames: string[], options: object): Promise<unknown>;
}
declare const Plotly: Plotly;

/** Tests that these versions of plotly, by the files that hold them, draw all that we draw. */
export function testGalleryOn(plotlys: Readonly<Record<string, string>>): void {
  const everyPlotly = browserTest.each(Object.entries(plotlys));

  everyPlotly(
    "plotly %s draws the whole gallery and knows every attribute in it",
    async (version, file) => {
      const { page, errors } = await pageWith(file);
      expect((await page.evaluate(() => Plotly.version)).startsWith(version)).toBe(true);
      const strange: string[] = [];
      for (const [name, figure] of Object.entries(gallery)) {
        const unknown = await drawn(page, name, JSON.stringify(figure));
        strange.push(...unknown.map((message) => `${name}: ${message}`));
      }
      await page.screenshot({
        path: join("test-results", "front-ends", `gallery-${version}.png`),
        fullPage: true,
      });
      expect(strange).toEqual([]);
      expect(errors).toEqual([]);
      const missing = await page.evaluate(() =>
        [...document.querySelectorAll("figure")]
          .filter((each) => !each.querySelector(".plot-container .main-svg"))
          .map((each) => each.id),
      );
      expect(missing).toEqual([]);
    },
  );

  everyPlotly("plotly %s moves the paths of a map and leaves the map alone", async (_, file) => {
    const { page, errors } = await pageWith(file);
    await drawn(page, "contour", JSON.stringify(gallery.contour));
    const seen = await page.evaluate(async () => {
      const node = document.querySelector("#contour .js-plotly-plot")!;
      const bands = () => node.querySelectorAll(".shapelayer path").length;
      const before = {
        bands: bands(),
        path: node.querySelector(".scatterlayer .js-line")!.getAttribute("d")!,
      };
      let fewest = before.bands;
      let watching = true;
      const watch = () => {
        fewest = Math.min(fewest, bands());
        if (watching) requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
      for (const label of ["16", "47"]) {
        await Plotly.animate(node, [label], {
          mode: "immediate",
          frame: { duration: 0, redraw: false },
          transition: { duration: 0 },
        });
        await new Promise(requestAnimationFrame);
      }
      watching = false;
      return {
        before,
        fewest,
        path: node.querySelector(".scatterlayer .js-line")!.getAttribute("d")!,
      };
    });
    expect(seen.before.bands).toBeGreaterThan(10);
    expect(seen.fewest).toBe(seen.before.bands);
    expect(seen.path.length).toBeLessThan(seen.before.path.length);
    expect(errors).toEqual([]);
  });

  everyPlotly(
    "plotly %s follows a baked slider, by mouse and without a kernel",
    async (_, file) => {
      const { page, errors } = await pageWith(file);
      await drawn(
        page,
        "slider over an outlier",
        JSON.stringify(gallery["slider over an outlier"]),
      );
      const path = () => page.locator(".scatterlayer .js-line").first().getAttribute("d");
      const title = () => page.locator(".gtitle").textContent();
      const [pathBefore, titleBefore] = [await path(), await title()];
      const rail = (await page.locator(".slider-rail-touch-rect").boundingBox())!;
      await page.mouse.click(rail.x + rail.width - 2, rail.y + rail.height / 2);
      await expect.poll(title).toBe("Best guess: 22.0 or 3");
      expect(titleBefore).not.toBe("Best guess: 22.0 or 3");
      expect(await path()).not.toBe(pathBefore);
      expect(errors).toEqual([]);
    },
  );

  everyPlotly("plotly %s names an attribute that it does not know", async (_, file) => {
    const { page } = await pageWith(file);
    const figure = {
      data: [{ type: "scatter", y: [1, 2], colour: "red" }],
      layout: { meta: { alt: "" } },
    };
    const [complaint] = await drawn(page, "misspelt", JSON.stringify(figure));
    expect(complaint).toContain("colour is not part of the schema");
  });
}

const pages = new Map<string, Promise<{ page: Page; errors: string[] }>>();
let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** An empty page that knows plotly and is cut off from the network. */
async function pageWith(file: string): Promise<{ page: Page; errors: string[] }> {
  if (!pages.has(file)) pages.set(file, openPage(file));
  const { page, errors } = await pages.get(file)!;
  await page.evaluate(() => document.body.replaceChildren());
  errors.length = 0;
  return { page, errors };
}

async function openPage(file: string): Promise<{ page: Page; errors: string[] }> {
  browser ??= launchChromium();
  const page = await (await browser).newPage({ viewport: { width: 800, height: 600 } });
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.route("**/*", (route) => route.abort());
  await page.setContent("<title>Gallery</title>");
  await page.addScriptTag({ content: readFileSync(file, "utf8") });
  return { page, errors };
}

/** Draws one more figure on the page; gives what plotly does not know in it. */
const drawn = (page: Page, name: string, json: string): Promise<string[]> =>
  page.evaluate(
    async ([id, text]) => {
      const figure = document.createElement("figure");
      figure.id = id!;
      const node = document.createElement("div");
      const caption = document.createElement("figcaption");
      const { data, layout } = JSON.parse(text!);
      caption.textContent = layout.meta.alt;
      figure.append(node, caption);
      document.body.append(figure);
      const found = Plotly.validate(data, layout) ?? [];
      await Plotly.newPlot(node, JSON.parse(text!));
      const serious = ["schema", "value", "array", "object"];
      return found.filter(({ code }) => serious.includes(code)).map(({ msg }) => msg);
    },
    [name, json],
  );
