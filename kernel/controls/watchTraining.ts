import type { History, plot, Trained } from "../../src/index.ts";
import { jupyterDisplay } from "../jupyterDisplay.ts";
import { bundleOf } from "./bundle.ts";
import type { Display, Stage } from "./interact.ts";
import { button } from "./others.ts";

/** Milliseconds from one drawing to the next: thirty in a second, which the eye takes for one movement. */
const pause = 33;

/** Training has at least this many times as long as drawing. */
const share = 2;

/**
 * Shows the losses of a training run in one figure that grows in place, and a button that stops
 * the run where controls are seen. An interrupt of the cell stops it everywhere.
 */
export function watchTraining(stage: Stage, onEnd: (end: () => void) => void) {
  const abort = new AbortController();
  const stop = () => abort.abort();
  onEnd(stop);
  const curve = growing(stage.display);
  const stopper = stage.widgets.areSeen ? button(stage.widgets, "Stop", stop) : undefined;
  let seen: History | undefined;
  return {
    signal: abort.signal,
    sees: (history: History): void => {
      curve.draw(history);
      if (!seen && stopper) stage.display(stopper);
      seen = history;
    },
    ended: (result: Trained<unknown> | undefined): void => {
      if (seen && result) curve.finish(seen, result);
      stopper?.set({ disabled: true, description: abort.signal.aborted ? "Stopped" : "Done" });
    },
  };
}

/** A figure that is drawn again and again under one id, but not more often than is good. */
function growing(display: Display) {
  const id = `training-${crypto.randomUUID()}`;
  let [isShown, next] = [false, 0];
  const show = (history: History, result?: Trained<unknown>): void => {
    const bundle = async () => {
      const { plot } = await import("../../src/index.ts");
      const start = performance.now();
      const figure = lossesOf(plot, history, result);
      next = start + Math.max(pause, (1 + share) * (performance.now() - start));
      return bundleOf(figure);
    };
    const value = { [jupyterDisplay]: bundle };
    if (isShown) display.update(id, value);
    else display(value, { id });
    isShown = true;
  };
  return {
    draw: (history: History): void => {
      if (performance.now() < next) return;
      // Until it is drawn and tells how long that took, no other one begins.
      next = Number.POSITIVE_INFINITY;
      show(history);
    },
    finish: show,
  };
}

function lossesOf(
  { training }: typeof plot,
  { train, validation }: History,
  result?: Trained<unknown>,
): plot.Figure {
  const last = `loss ${Number(train.at(-1)).toPrecision(3)}`;
  const title = result
    ? `${result.epochs} epochs: ${result.outcome}, ${last}`
    : `Epoch ${train.length}, ${last}`;
  // Losses that fall a thousandfold are seen on a logarithmic axis only.
  const first = train.find((loss) => loss > 0) ?? 0;
  const falls = train.every((loss) => loss > 0) && first > 1000 * train.at(-1)!;
  return training(
    { train, ...(validation && { validation }) },
    { title, ...(falls && { log: "y" }) },
  );
}
