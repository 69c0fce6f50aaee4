import { isPart, type Plotly, type PlotlyPart } from "./Plotly.ts";

/** A node in which plotly has drawn. */
export interface Drawn extends HTMLElement {
  /** The layout as it is now; where each slider stands is in it. */
  readonly layout: PlotlyPart;
  on(event: string, listener: () => void): void;
  removeAllListeners(event: string): void;
}

/**
 * Lets plotly's own sliders and buttons, which know only the mouse, be reached by Tab, moved by keys
 * and named by screen readers. To be called after each drawing.
 */
export function byKeyboard(plotly: Plotly, node: Drawn): void {
  const groups = [...node.querySelectorAll<SVGGElement>(".slider-group")];
  const tell = () => {
    const sliders = slidersOf(node);
    for (const [place, group] of groups.entries()) {
      if (sliders[place]) describe(group, sliders[place]);
    }
  };
  for (const [place, group] of groups.entries()) {
    const move = moving(plotly, node, place, tell);
    reachable(group, "slider", (key) => {
      const target = slidersOf(node)[place];
      const step = target && placeAfter(key, target);
      if (step === undefined) return false;
      void move(step);
      return true;
    });
  }
  tell();
  node.removeAllListeners("plotly_sliderchange");
  node.on("plotly_sliderchange", tell);
  for (const button of node.querySelectorAll<SVGGElement>(".updatemenu-button")) press(button);
}

/** What a screen reader says of it, and the keys that it takes. */
function reachable(part: SVGGElement, role: string, take: (key: string) => boolean): void {
  part.setAttribute("role", role);
  part.setAttribute("tabindex", "0");
  // In JupyterLab arrows would go to another cell, and Enter into the cell's code.
  part.setAttribute("data-lm-suppress-shortcuts", "true");
  part.onkeydown = (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && take(event.key)) event.preventDefault();
  };
}

function press(button: SVGGElement): void {
  button.setAttribute("aria-label", button.textContent || "Button");
  reachable(button, "button", (key) => {
    const isMeant = key === "Enter" || key === " ";
    if (isMeant) button.dispatchEvent(new MouseEvent("click"));
    return isMeant;
  });
}

/** A slider of a figure, as far as the reader can move it. */
interface Slider {
  /** Where it stands in the layout. */
  readonly index: number;
  readonly name: string;
  /** The steps that are shown, each with its place in the layout. */
  readonly steps: readonly { readonly index: number; readonly step: PlotlyPart }[];
  /** Which of them is the current one. */
  readonly active: number;
}

/** The sliders that plotly shows, in the order in which it draws them. */
function slidersOf({ layout }: Drawn): readonly Slider[] {
  const sliders: readonly unknown[] = Array.isArray(layout.sliders) ? layout.sliders : [];
  return sliders.flatMap((slider, index) => {
    if (!isPart(slider) || slider.visible === false || !Array.isArray(slider.steps)) return [];
    const steps = slider.steps
      .map((step: PlotlyPart, index) => ({ index, step }))
      .filter(({ step }) => step.visible !== false);
    if (steps.length < 2) return [];
    const active = steps.findIndex(({ index }) => index === (slider.active ?? 0));
    return [{ index, name: nameOf(slider), steps, active: Math.max(0, active) }];
  });
}

/** The words before its value, which end as in "power = ". */
function nameOf({ currentvalue }: PlotlyPart): string {
  const prefix = isPart(currentvalue) ? String(currentvalue.prefix ?? "") : "";
  return prefix.replace(/[\s=:]+$/, "") || "Slider";
}

function describe(group: SVGGElement, { name, steps, active }: Slider): void {
  const { step } = steps[active]!;
  const attributes = {
    "aria-label": name,
    "aria-valuemin": 0,
    "aria-valuemax": steps.length - 1,
    "aria-valuenow": active,
    "aria-valuetext": String(step.label ?? active),
  };
  for (const [attribute, value] of Object.entries(attributes))
    group.setAttribute(attribute, String(value));
}

/** Where a key leads to from where the slider stands; other keys lead nowhere. */
function placeAfter(key: string, { steps, active }: Slider): number | undefined {
  const last = steps.length - 1;
  const far = Math.max(1, Math.round(steps.length / 5));
  const places: Readonly<Record<string, number>> = {
    ArrowRight: active + 1,
    ArrowUp: active + 1,
    ArrowLeft: active - 1,
    ArrowDown: active - 1,
    PageUp: active + far,
    PageDown: active - far,
    Home: 0,
    End: last,
  };
  const place = places[key];
  return place === undefined ? undefined : Math.min(last, Math.max(0, place));
}

/** Moves a slider; of the moves that come while plotly draws, only the last one is made. */
function moving(plotly: Plotly, node: Drawn, place: number, tell: () => void) {
  let wanted: number | undefined;
  let isMoving = false;
  return async (step: number): Promise<void> => {
    wanted = step;
    if (isMoving) return;
    isMoving = true;
    try {
      while (wanted !== undefined) {
        const next = wanted;
        wanted = undefined;
        await moveTo(plotly, node, slidersOf(node)[place], next);
      }
    } finally {
      isMoving = false;
      tell();
    }
  };
}

const methods = ["restyle", "relayout", "update", "animate"] as const;

async function moveTo(
  plotly: Plotly,
  node: Drawn,
  slider: Slider | undefined,
  place: number,
): Promise<void> {
  const target = slider?.steps[place];
  if (!slider || !target || place === slider.active) return;
  await plotly.relayout(node, { [`sliders[${slider.index}].active`]: target.index });
  const { method = "restyle", args } = target.step;
  const call = methods.find((each) => each === method);
  if (!call || target.step.execute === false) return;
  await plotly[call](node, ...(Array.isArray(args) ? args : [])).catch(unlessInterrupted);
}

/** When Play is pressed meanwhile, plotly gives up the animation, and gives no reason for it. */
function unlessInterrupted(reason: unknown): void {
  if (reason !== undefined) throw reason;
}
