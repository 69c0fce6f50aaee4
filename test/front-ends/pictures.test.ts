import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { bundlePlotly } from "../../kernel/bundlePlotly.mjs";
import { buildPictures } from "../../kernel/display/pictures/build.mjs";
import { painter } from "../../kernel/display/pictures/index.ts";
import { browserTest, launchChromium } from "./chromium.ts";
import { trialFigures } from "./trialFigures.ts";

/**
 * The share of small squares in which two pictures differ to the eye. Most pictures differ in none;
 * where a line lies exactly between two squares, a few do. A wrong curve differs in many more.
 */
const tolerance = 0.004;

/**
 * In a still picture a tile of hatching is a whole number of pixels, 13 where it would be 12.7, so
 * the lines lie a little elsewhere than Chromium's. With seams between the tiles it would be 0.04.
 */
const hatchedTolerance = 0.025;

browserTest("still pictures look like Chromium's drawing of the same figures", async () => {
  const [draw, page] = [await stillPictures(), await chromiumPage()];
  const differences: Record<string, number> = {};
  for (const [name, figure] of Object.entries(trialFigures)) {
    const [still, drawn] = [await draw(figure), await chromiumPicture(page, figure)];
    keep(name, still, drawn);
    differences[name] = await difference(page, still, drawn);
  }
  const strange = Object.entries(differences).filter(
    ([name, share]) => !(share < toleranceFor(name)),
  );
  expect(Object.fromEntries(strange)).toEqual({});
});

browserTest("a curve that is only a little wrong would be noticed", async () => {
  const [draw, page] = [await stillPictures(), await chromiumPage()];
  const figure = (top: number) => ({
    data: [{ x: [0, 1, 2], y: [0, top, 2] }],
    layout: { width: 600, height: 400, xaxis: { range: [0, 2] }, yaxis: { range: [0, 2] } },
  });
  const drawn = await chromiumPicture(page, figure(1));
  expect(await difference(page, await draw(figure(1)), drawn)).toBeLessThan(tolerance);
  expect(await difference(page, await draw(figure(1.2)), drawn)).toBeGreaterThan(tolerance);
});

function toleranceFor(name: string): number {
  return JSON.stringify(trialFigures[name]).includes('"fgcolor"') ? hatchedTolerance : tolerance;
}

async function stillPictures(): Promise<(figure: object) => Promise<string>> {
  const folder = mkdtempSync(join(process.cwd(), "node_modules", ".pictures-"));
  await buildPictures(folder);
  const { picture, close } = painter(pathToFileURL(`${folder}/`));
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  return picture;
}

/** A page with the same plotly and the same font. */
async function chromiumPage(): Promise<Page> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent(
    `<style>${faces()}body { margin: 0 } #figure { width: 600px; height: 400px }</style><div id="figure"></div>`,
  );
  const program = await bundlePlotly({ webgl: false });
  const address = `data:text/javascript;base64,${Buffer.from(program).toString("base64")}`;
  await page.addScriptTag({
    type: "module",
    content: `import plotly from "${address}"; window.plotly = plotly;`,
  });
  await page.waitForFunction(() => "plotly" in window);
  await page.evaluate(() =>
    Promise.all([document.fonts.load("12px Still"), document.fonts.load("bold 12px Still")]),
  );
  return page;
}

function faces(): string {
  const home = createRequire(import.meta.url);
  const face = (name: string, weight: string) => {
    const file = readFileSync(home.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)).toString("base64");
    return `@font-face { font-family: Still; font-weight: ${weight}; src: url(data:font/ttf;base64,${file}) }`;
  };
  return face("DejaVuSansCondensed", "normal") + face("DejaVuSansCondensed-Bold", "bold");
}

async function chromiumPicture(page: Page, figure: object): Promise<string> {
  await page.evaluate(async (figure) => {
    const { data, layout } = figure as { data: object[]; layout: { [name: string]: unknown } };
    const { sliders, updatemenus, ...rest } = layout;
    const set = { ...rest, font: { ...(rest.font as object), family: "Still" } };
    await Reflect.get(window, "plotly").newPlot("figure", data, set, { staticPlot: true });
  }, figure);
  return (await page.locator("#figure").screenshot()).toString("base64");
}

/** Leaves both pictures in test-results, still above and Chromium's below, to be looked at. */
function keep(name: string, still: string, drawn: string): void {
  const folder = join("test-results", "pictures");
  mkdirSync(folder, { recursive: true });
  for (const [kind, picture] of Object.entries({ still, chromium: drawn }))
    writeFileSync(join(folder, `${name.replaceAll(" ", "-")}-${kind}.png`), picture, "base64");
}

/** The share of 6 × 6 squares whose mean colours are further apart than the eye forgives. */
function difference(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async ([one, other]) => {
      const side = 6;
      const read = async (picture: string) => {
        const answer = await fetch(`data:image/png;base64,${picture}`);
        const image = await createImageBitmap(await answer.blob());
        // Scaling down to one pixel for each square is what takes the mean.
        const canvas = new OffscreenCanvas(image.width / side, image.height / side);
        const context = canvas.getContext("2d")!;
        context.imageSmoothingQuality = "high";
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return context.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const [first, second] = [await read(one!), await read(other!)];
      if (first.length !== second.length) return 1;
      let different = 0;
      for (let pixel = 0; pixel < first.length; pixel += 4) {
        const apart = [0, 1, 2].map((channel) =>
          Math.abs(first[pixel + channel]! - second[pixel + channel]!),
        );
        if (Math.max(...apart) > 40) different++;
      }
      return different / (first.length / 4);
    },
    [one, other],
  );
}
