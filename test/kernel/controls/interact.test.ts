import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { controlsOf } from "../../../kernel/controls/index.ts";
import { plot } from "../../../src/index.ts";
import { frontEnd } from "./frontEnd.ts";

const symbol = Symbol.for("Jupyter.display");
type Bundle = Record<string, unknown>;
const plotly = "application/vnd.plotly.v1+json";

/** A notebook that keeps what is displayed, by the id where there is one. */
function notebook({ withWidgets }: { withWidgets: boolean }) {
  const page = frontEnd();
  const shown: { id: string | undefined; value: unknown }[] = [];
  const display = Object.assign(
    (value: unknown, { id }: { id?: string } = {}) => void shown.push({ id, value }),
    { update: (id: string, value: unknown) => void shown.push({ id, value }) },
  );
  const { interact, controls } = controlsOf(page, display);
  if (withWidgets) page.ask("jupyter.widget.control");
  const bundles = () =>
    Promise.all(
      shown.map(({ value }) => (value as { [symbol]: () => Bundle | Promise<Bundle> })[symbol]()),
    );
  return { page, interact, controls, shown, bundles };
}

const power = ({ power }: { readonly power: number }) => plot.fn((x) => x ** power);

beforeEach(() => vi.stubEnv("VSCODE_PID", undefined));
afterEach(() => vi.unstubAllEnvs());

test("each setting becomes the control that fits it", () => {
  const { page, interact } = notebook({ withWidgets: true });
  const seen: object[] = [];
  interact(
    {
      lr: [1e-3, 2, "log"],
      steps: [1, 100],
      momentum: [0, 1],
      half: [0, 2, 0.5],
      optimizer: ["GD", "Adam"],
      noise: true,
      name: "run",
      around: 0.1,
    },
    (values) => {
      // The types say what each setting gives.
      const typed: {
        lr: number;
        steps: number;
        momentum: number;
        half: number;
        optimizer: "GD" | "Adam";
        noise: boolean;
        name: string;
        around: number;
      } = values;
      seen.push(typed);
    },
  );
  const models = ["FloatLogSlider", "IntSlider", "Dropdown", "Checkbox", "Text"].map(
    (name) => page.model(name).description,
  );
  expect(models).toEqual(["lr", "steps", "optimizer", "noise", "name"]);
  expect(page.model("VBox").children).toHaveLength(8);
  expect(page.model("FloatSlider")).toMatchObject({ description: "around", min: 0, max: 0.2 });
  expect(seen).toEqual([
    {
      lr: Math.sqrt(2e-3),
      steps: 51,
      momentum: 0.5,
      half: 1,
      optimizer: "GD",
      noise: true,
      name: "run",
      around: 0.1,
    },
  ]);
});

test("a moved control draws anew in the same place", async () => {
  const { page, interact, shown, bundles } = notebook({ withWidgets: true });
  interact({ power: [1, 9] }, power);
  page.move("IntSlider", { value: 3 });
  await vi.waitFor(() => expect(shown).toHaveLength(3));
  const [controls, first, second] = await bundles();
  expect(controls).toHaveProperty(["application/vnd.jupyter.widget-view+json"]);
  expect([shown[1]?.id, shown[0]?.id]).toEqual([shown[2]?.id, undefined]);
  expect(second![plotly]).toEqual({ ...plot.fn((x) => x ** 3) });
  expect(first![plotly]).not.toEqual(second![plotly]);
});

test("of many moves at once only the newest is drawn", async () => {
  const { page, interact, shown } = notebook({ withWidgets: true });
  const drawn: number[] = [];
  interact({ power: [1, 99] }, ({ power }) => void drawn.push(power));
  for (let value = 2; value <= 40; value++) page.move("IntSlider", { value });
  await vi.waitFor(() => expect(drawn.at(-1)).toBe(40));
  expect(drawn.length).toBeLessThan(5);
  expect(shown.length).toBeLessThan(6);
});

test("what goes wrong stands in the figure's place, and the control stays alive", async () => {
  const { page, interact, bundles, shown } = notebook({ withWidgets: true });
  interact({ power: [1, 9] }, (values) => {
    if (values.power > 5) throw new RangeError("too steep");
    return power(values);
  });
  page.move("IntSlider", { value: 9 });
  await vi.waitFor(() => expect(shown).toHaveLength(3));
  page.move("IntSlider", { value: 2 });
  await vi.waitFor(() => expect(shown).toHaveLength(4));
  const [, , wrong, right] = await bundles();
  expect(wrong!["application/vnd.jupyter.stderr"]).toBe("RangeError: too steep");
  expect(right).toHaveProperty([plotly]);
});

test("what is drawn may take its time", async () => {
  const { interact, bundles } = notebook({ withWidgets: true });
  interact({ power: [1, 9] }, async (values) => power(values));
  expect((await bundles())[1]).toHaveProperty([plotly]);
});

test("where nobody knows widgets, the first slider is baked into the figure", async () => {
  const { page, interact, bundles } = notebook({ withWidgets: false });
  interact({ kind: ["smooth", "rough"], power: [1, 9] }, power);
  const [figure] = await bundles();
  const { layout } = figure![plotly] as ReturnType<typeof plot.fn>;
  const [slider] = layout.sliders as { steps: { label: string }[]; active: number }[];
  expect(slider!.steps.map(({ label }) => label)).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
  ]);
  expect(slider!.active).toBe(4);
  expect(page.heard).toEqual([]);
});

test("a baked slider leaves out positions that cannot be drawn", async () => {
  const { interact, bundles } = notebook({ withWidgets: false });
  interact({ power: [1, 9] }, (values) => {
    if (values.power === 2) throw new RangeError("not this one");
    return power(values);
  });
  const [figure] = await bundles();
  const { layout } = figure![plotly] as ReturnType<typeof plot.fn>;
  expect((layout.sliders as { steps: object[] }[])[0]!.steps).toHaveLength(8);
});

test("without widgets and without a figure, the value at the start is shown", async () => {
  const { interact, bundles } = notebook({ withWidgets: false });
  interact({ power: [1, 9] }, ({ power }) => `2 ** ${power} = ${2 ** power}`);
  expect((await bundles())[0]!["text/plain"]).toContain("2 ** 5 = 32");
});

test("a control made by hand serves as a setting in both lives", async () => {
  const live = notebook({ withWidgets: true });
  const slider = live.controls.intSlider({ min: 1, max: 3, value: 2 });
  live.interact({ power: slider }, power);
  expect((await live.bundles())[1]![plotly]).toEqual({ ...plot.fn((x) => x ** 2) });
  const still = notebook({ withWidgets: false });
  still.interact({ power: still.controls.intSlider({ min: 1, max: 3, value: 2 }) }, power);
  expect((await still.bundles())[0]![plotly]).toEqual({ ...plot.fn((x) => x ** 2) });
});

test("a setting that fits no control is refused by name", () => {
  const { interact } = notebook({ withWidgets: true });
  expect(() => interact({ lr: {} as never }, () => 0)).toThrow('"lr"');
});
