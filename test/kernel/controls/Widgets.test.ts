import { expect, test, vi } from "vitest";
import { vbox } from "../../../kernel/controls/others.ts";
import { intSlider } from "../../../kernel/controls/sliders.ts";
import { Widgets } from "../../../kernel/controls/Widgets.ts";
import { frontEnd } from "./frontEnd.ts";

function stage() {
  const page = frontEnd();
  const widgets = new Widgets(page);
  return { page, widgets, slider: intSlider(widgets, { min: 0, max: 10, value: 3 }) };
}

test("a widget is opened with its whole state, its layout and style before it", () => {
  const { page } = stage();
  const names = page.heard.map(({ data }) => (data.state as { _model_name: string })._model_name);
  expect(names).toEqual(["LayoutModel", "SliderStyleModel", "IntSliderModel"]);
  const { layout, style } = page.model("IntSlider");
  expect([layout, style]).toEqual([
    `IPY_MODEL_${page.model("Layout").id}`,
    `IPY_MODEL_${page.model("SliderStyle").id}`,
  ]);
});

test("a value that is set reaches the view, once", () => {
  const { page, slider } = stage();
  const before = page.heard.length;
  slider.value = 7;
  slider.value = 7;
  expect(page.heard.slice(before).map(({ data }) => data)).toEqual([
    { method: "update", state: { value: 7 }, buffer_paths: [] },
  ]);
});

test("a move in the view reaches the value and its listeners, and is told to other views", () => {
  const { page, slider } = stage();
  const moved = vi.fn();
  slider.onChange(moved);
  page.move("IntSlider", { value: 8 });
  expect(slider.value).toBe(8);
  expect(moved.mock.calls).toEqual([[8]]);
  expect(page.heard.at(-1)?.data).toMatchObject({ method: "echo_update", state: { value: 8 } });
});

test("a move to where it stands already calls nobody", () => {
  const { page, slider } = stage();
  const moved = vi.fn();
  slider.onChange(moved);
  page.move("IntSlider", { value: 3 });
  expect(moved).not.toHaveBeenCalled();
});

test("a page that was reloaded gets the state of everything", () => {
  const { page, slider } = stage();
  slider.value = 9;
  const asker = page.ask("jupyter.widget.control");
  void asker.onMessage({ data: { method: "request_states" }, metadata: {}, buffers: [] });
  const { method, states } = page.heard.at(-1)!.data as {
    method: string;
    states: Record<string, { model_name: string; state: { value?: number } }>;
  };
  expect(method).toBe("update_states");
  expect(Object.keys(states)).toHaveLength(3);
  expect(states[slider.id]).toMatchObject({ model_name: "IntSliderModel", state: { value: 9 } });
});

test("widgets are seen once a manager has asked for them, also after it hung up", () => {
  const { page, widgets } = stage();
  expect(widgets.areSeen).toBe(false);
  const asker = page.ask("jupyter.widget.control");
  void asker.onClose({ data: {}, metadata: {}, buffers: [] });
  expect(widgets.areSeen).toBe(true);
});

test("in VS Code widgets are seen from the start", () => {
  const { widgets } = stage();
  vi.stubEnv("VSCODE_PID", "1");
  expect(widgets.areSeen).toBe(true);
  vi.unstubAllEnvs();
});

test("a closed widget says so once and is silent from then on", () => {
  const { page, slider } = stage();
  slider.close();
  slider.close();
  slider.value = 1;
  expect(page.heard.filter(({ kind }) => kind === "comm_close")).toHaveLength(1);
  expect(page.heard.at(-1)?.kind).toBe("comm_close");
});

test("a widget shows its view, and words where nobody knows widgets", () => {
  const { widgets, slider } = stage();
  const bundle = slider[Symbol.for("Jupyter.display") as never] as () => object;
  expect(bundle.call(slider)).toEqual({
    "application/vnd.jupyter.widget-view+json": {
      version_major: 2,
      version_minor: 0,
      model_id: slider.id,
    },
    "text/plain": "IntSlider(: 3)",
  });
  expect(vbox(widgets, [slider]).state.children).toEqual([`IPY_MODEL_${slider.id}`]);
});
