import { availableParallelism, cpus } from "node:os";
import type { Page } from "playwright-core";
import { test } from "vitest";
import { notebookOf, openNotebook } from "../../front-ends/jupyterlab.ts";

const figures = [
  "plot.fn((x) => x * x)",
  "plot.loss(huber({ delta: 1 }))",
  "plot.line({ train: [3, 2, 1], validation: [4, 3, 3] }, { x: 'epoch' })",
  "plot.chord((x) => x ** 3 - x, -1, 1)",
  "plot.contour((x, y) => x * x + 10 * y * y, { x: [-2, 2], y: [-2, 2] })",
];

/** Each kind of figure three times, after a cell that imports and one that draws for the first time. */
const cells = [
  'import { huber, plot } from "downhill";',
  "plot.fn((x) => x)",
  ...[...figures, ...figures, ...figures],
];

test("figure call to figure drawn", async () => {
  const { page } = await quietNotebook(cells);
  const times: number[] = [];
  for (const place of cells.keys()) times.push(await runAndTime(page, place));
  const [, first, ...rest] = times;
  report("figure call → drawn, first of a page", [first!]);
  for (const [index, code] of figures.entries()) {
    const own = rest.filter((_, place) => place % figures.length === index);
    report(`figure call → drawn, ${code}`, own);
  }
  report("figure call → drawn", rest);
});

const slider = `import { plot } from "downhill";
interact({ power: [1, 50, 1] }, ({ power }) => plot.fn((x) => x ** power, { title: \`\${power}\` }));`;

test("slider move to figure redrawn", async () => {
  const { page, runAll } = await quietNotebook([slider]);
  await runAll();
  await page.locator(".downhill-figure .gtitle").waitFor();
  await page.locator(".widget-slider .noUi-handle").waitFor();
  const times: number[] = [];
  for (let move = 0; move < 40; move++) times.push(await moveAndTime(page, move % 2 === 0));
  report("slider move → redrawn", times.slice(5));
});

/** A notebook whose page nobody films meanwhile. */
async function quietNotebook(cells: readonly string[]) {
  const notebook = await openNotebook({ "latency.ipynb": notebookOf(cells) }, "latency.ipynb");
  const { tracing } = notebook.page.context();
  await tracing.stop();
  // What closes the page at the end wants something to stop.
  await tracing.start({ screenshots: false, snapshots: false });
  return notebook;
}

/** Milliseconds from the command that runs a cell to the frame after its figure stands in the page. */
function runAndTime(page: Page, place: number): Promise<number> {
  return page.evaluate(async (place) => {
    const { commands, shell } = Reflect.get(window, "jupyterapp");
    const { content } = shell.currentWidget;
    content.activeCellIndex = place;
    const cell: HTMLElement = content.widgets[place].node;
    cell.scrollIntoView();
    await new Promise((later) => setTimeout(later, 1000));
    const start = performance.now();
    const drawn = new Promise<number>((done) => {
      const look = () => {
        if (!cell.querySelector(".downhill-figure .cartesianlayer .subplot")) return;
        observer.disconnect();
        requestAnimationFrame(() => done(performance.now() - start));
      };
      const observer = new MutationObserver(look);
      observer.observe(cell, { childList: true, subtree: true });
    });
    const ran = commands.execute("notebook:run-cell");
    if (place === 0) return ran.then(() => 0);
    return drawn;
  }, place);
}

/** Milliseconds from a key on the slider to the frame after the figure's title has changed. */
function moveAndTime(page: Page, up: boolean): Promise<number> {
  return page.evaluate(async (up) => {
    const figure = document.querySelector(".downhill-figure")!;
    const title = () => figure.querySelector(".gtitle")?.textContent;
    await new Promise((later) => setTimeout(later, 300));
    const before = title();
    const start = performance.now();
    const redrawn = new Promise<number>((done) => {
      const look = () => {
        if (!title() || title() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => done(performance.now() - start));
      };
      const observer = new MutationObserver(look);
      observer.observe(figure, { childList: true, subtree: true, characterData: true });
    });
    const key = up ? "ArrowRight" : "ArrowLeft";
    document
      .querySelector(".widget-slider .noUi-handle")!
      .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return redrawn;
  }, up);
}

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`);

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const shown = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((time) =>
    Math.round(time!),
  );
  console.log(`${name}: median ${shown[1]} ms (${shown[0]} to ${shown[2]}, ${times.length} times)`);
}
