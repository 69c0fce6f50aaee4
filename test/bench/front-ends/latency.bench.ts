import { availableParallelism, cpus } from "node:os";
import type { Page } from "playwright-core";
import { test } from "vitest";
import { notebookOf, openNotebook } from "../../front-ends/jupyterlab.ts";

/** What any cell costs in JupyterLab, whatever it shows: no figure can be seen sooner. */
const floor = "display.html('<b class=floor>seen</b>')";

const figures = [
  floor,
  "plot.fn((x) => x * x)",
  "plot.loss(huber({ delta: 1 }))",
  "plot.line({ train: [3, 2, 1], validation: [4, 3, 3] }, { x: 'epoch' })",
  "plot.chord((x) => x ** 3 - x, -1, 1)",
  "plot.contour((x, y) => x * x + 10 * y * y, { x: [-2, 2], y: [-2, 2] })",
];

/** Each kind of output in turn, after a cell that imports and one that draws for the first time. */
const cells = [
  'import { huber, plot } from "downhill";',
  "plot.fn((x) => x)",
  ...Array.from({ length: 5 }, () => figures).flat(),
];

/** When each thing happened after the command that runs a cell, in milliseconds. */
interface Stages {
  /** The request leaves the page. */
  readonly asked: number;
  /** The output's message arrives in the page. */
  readonly arrived: number;
  /** The output stands in the page, and the browser is about to paint it. */
  readonly drawn: number;
}

test("figure call to figure drawn", async () => {
  const { page } = await quietNotebook(cells);
  const times: Stages[] = [];
  for (const place of cells.keys()) times.push(await runAndTime(page, place));
  const [, first, ...rest] = times;
  report("figure call → drawn, first of a page", [first!]);
  for (const [index, code] of figures.entries()) {
    const own = rest.filter((_, place) => place % figures.length === index);
    report(code === floor ? "cell with a word of HTML" : `figure call → drawn, ${code}`, own);
  }
  report(
    "figure call → drawn",
    rest.filter((_, place) => place % figures.length !== 0),
  );
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
  console.log(`slider move → redrawn: ${spread(times.slice(5))}`);
});

const training = `import { mse, train } from "downhill";
const data = { x: [1, 2, 3, 4], y: [2, 4, 6, 8] };
const cost = (p, x, y) => mse()(p.w.mul(x).add(p.b), y);
await train(cost, data, { parameters: { w: 0, b: 0 }, learningRate: 1e-4, epochs: 1e8, plot: true });`;

test("drawings a second of a training curve", async () => {
  const { page, command } = await quietNotebook([training]);
  const running = command("notebook:run-cell");
  await page.locator(".downhill-figure .gtitle").waitFor();
  const seconds = 5;
  const drawings = await page.evaluate(async (seconds) => {
    const figure = document.querySelector(".downhill-figure")!;
    const titles = new Set<string>();
    const observer = new MutationObserver(() =>
      titles.add(figure.querySelector(".gtitle")?.textContent ?? ""),
    );
    observer.observe(figure, { childList: true, subtree: true, characterData: true });
    await new Promise((later) => setTimeout(later, 1000 * seconds));
    observer.disconnect();
    return titles.size;
  }, seconds);
  console.log(`training curve: ${(drawings / seconds).toFixed(1)} drawings a second`);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await running;
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

/** Runs a cell and notes when its output came, until the frame after it stands in the page. */
function runAndTime(page: Page, place: number): Promise<Stages> {
  return page.evaluate(async (place) => {
    const { commands, shell } = Reflect.get(window, "jupyterapp");
    const { content, sessionContext } = shell.currentWidget;
    content.activeCellIndex = place;
    const cell: HTMLElement = content.widgets[place].node;
    cell.scrollIntoView();
    await new Promise((later) => setTimeout(later, 1000));
    const start = performance.now();
    let [asked, arrived] = [0, 0];
    const listen = (_: unknown, { msg }: { msg: { header: { msg_type: string } } }) => {
      const now = performance.now() - start;
      if (msg.header.msg_type === "execute_request") asked ||= now;
      if (/^(execute_result|display_data)$/.test(msg.header.msg_type)) arrived ||= now;
    };
    const { kernel } = sessionContext.session;
    kernel.anyMessage.connect(listen);
    const drawn = new Promise<Stages>((done) => {
      const look = () => {
        if (!cell.querySelector(".downhill-figure .cartesianlayer .subplot, .floor")) return;
        observer.disconnect();
        requestAnimationFrame(() => done({ asked, arrived, drawn: performance.now() - start }));
      };
      const observer = new MutationObserver(look);
      observer.observe(cell, { childList: true, subtree: true });
    });
    const ran = commands.execute("notebook:run-cell");
    const stages = await (place === 0 ? ran.then(() => ({ asked, arrived, drawn: 0 })) : drawn);
    kernel.anyMessage.disconnect(listen);
    return stages;
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

function report(name: string, times: readonly Stages[]): void {
  const parts = [
    times.map(({ asked }) => asked),
    times.map(({ asked, arrived }) => arrived - asked),
    times.map(({ arrived, drawn }) => drawn - arrived),
  ].map((part) => Math.round(median(part)));
  const [page, kernel, drawing] = parts;
  console.log(
    `${name}: ${spread(times.map(({ drawn }) => drawn))}: page ${page}, kernel ${kernel}, drawing ${drawing}`,
  );
}

function spread(times: readonly number[]): string {
  const [least, most] = [Math.min(...times), Math.max(...times)].map(Math.round);
  return `median ${Math.round(median(times))} ms (${least} to ${most}, ${times.length} times)`;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1]!;
}
