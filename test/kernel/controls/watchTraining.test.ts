import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { controlsOf } from "../../../kernel/controls/index.ts";
import { train } from "../../../src/index.ts";
import { line, origin, points } from "../../training/subjects.ts";
import { frontEnd } from "./frontEnd.ts";

const display = Symbol.for("Jupyter.display");
const watch = Symbol.for("downhill.watch");

interface Shown {
  readonly id: string | undefined;
  readonly value: { [display]: () => Promise<Record<string, unknown>> | Record<string, unknown> };
}

/** A notebook that looks on at the runs of this process, as the kernel does. */
function notebook({ withWidgets }: { withWidgets: boolean }) {
  const page = frontEnd();
  const shown: Shown[] = [];
  const keep = (value: unknown, id?: string) => {
    // What is displayed makes its bundle at once.
    const bundle = (value as Shown["value"])[display]();
    shown.push({ id, value: { [display]: () => bundle } });
  };
  const tools = controlsOf(
    page,
    Object.assign((value: unknown, { id }: { id?: string } = {}) => keep(value, id), {
      update: (id: string, value: unknown) => keep(value, id),
    }),
  );
  if (withWidgets) page.ask("jupyter.widget.control");
  const ends: (() => void)[] = [];
  Reflect.set(globalThis, watch, () => tools.watch((end) => ends.push(end)));
  const interrupt = () => {
    for (const end of ends) end();
  };
  const titles = async () => {
    const bundles = await Promise.all(shown.map(({ value }) => value[display]()));
    const figures = bundles.map((bundle) => bundle["application/vnd.plotly.v1+json"]);
    return figures.map((figure) => (figure as { layout: Layout } | undefined)?.layout.title.text);
  };
  return { page, shown, titles, interrupt };
}
interface Layout {
  readonly title: { readonly text: string };
}

const endless = { parameters: origin, learningRate: 0.01, epochs: 1e9, plot: true } as const;

beforeEach(() => vi.stubEnv("VSCODE_PID", undefined));
afterEach(() => {
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, watch);
});

test("a run grows one figure, which ends with how the run ended", async () => {
  const { shown, titles } = notebook({ withWidgets: false });
  const run = await train(line, points, { ...endless, epochs: 500 });
  expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
  const seen = await titles();
  expect(seen[0]).toMatch(/^Epoch \d+, loss /);
  expect(seen.at(-1)).toMatch(/^500 epochs: epochs made, loss /);
  expect(run.epochs).toBe(500);
});

test("a button stops the run, which keeps what it has", async () => {
  const { page, shown, titles } = notebook({ withWidgets: true });
  const running = train(line, points, endless);
  await vi.waitFor(() => expect(shown.length).toBeGreaterThan(2), { timeout: 20_000 });
  page.say("Button", { method: "custom", content: { event: "click" } });
  const run = await running;
  expect(run.outcome).toBe("cancelled");
  expect(run.history.train).toHaveLength(run.epochs);
  expect((await titles()).at(-1)).toContain("cancelled");
  expect(page.model("Button")).toMatchObject({ disabled: true, description: "Stopped" });
});

test("an interrupt of the cell stops the run", async () => {
  const { shown, interrupt } = notebook({ withWidgets: false });
  const running = train(line, points, endless);
  await vi.waitFor(() => expect(shown.length).toBeGreaterThan(0), { timeout: 20_000 });
  interrupt();
  expect((await running).outcome).toBe("cancelled");
});

test("the learner's own signal stops the run too", async () => {
  const { shown } = notebook({ withWidgets: false });
  const controller = new AbortController();
  const running = train(line, points, { ...endless, signal: controller.signal });
  await vi.waitFor(() => expect(shown.length).toBeGreaterThan(0), { timeout: 20_000 });
  controller.abort();
  expect((await running).outcome).toBe("cancelled");
});

test("a run that throws says so, and its button has no more to do", async () => {
  const { page } = notebook({ withWidgets: true });
  const broken = () => {
    throw new RangeError("broken");
  };
  await expect(train(broken, points, endless)).rejects.toThrow("broken");
  expect(page.model("Button")).toMatchObject({ disabled: true });
});

test("losses that fall a thousandfold stand on a logarithmic axis", async () => {
  const { shown } = notebook({ withWidgets: false });
  await train(line, points, { ...endless, epochs: 2000 });
  const figure = (await shown.at(-1)!.value[display]())["application/vnd.plotly.v1+json"];
  expect(figure).toMatchObject({ layout: { yaxis: { type: "log" } } });
});

test("where nobody looks on, the run is a promise and draws nothing", async () => {
  const run = await train(line, points, { ...endless, epochs: 3 });
  expect(run.history.train).toHaveLength(3);
});
