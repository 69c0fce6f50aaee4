import { sliderLook } from "./look.ts";
import { cut } from "./numbers.ts";
import type { Steps } from "./paths.ts";
import type { Attributes, Frame, Layout } from "./plotly.ts";

/** The most pictures in one animation: more would make the notebook heavy and show no more. */
const mostFrames = 30;

/** Frames in which the paths grow, with a slider and a button to play them. */
export function animation(
  paths: readonly Steps[],
  firstTrace: number,
): { frames: Frame[]; layout: Layout } {
  const last = Math.max(...paths.map(({ step }) => step.at(-1)!));
  const count = Math.min(mostFrames, last + 1);
  const stops = Array.from({ length: count }, (_, k) =>
    Math.round((last * k) / Math.max(1, count - 1)),
  );
  const frames = stops.map((stop) => ({
    name: String(stop),
    data: paths.map((path) => upTo(path, stop)),
    traces: paths.map((_, index) => firstTrace + index),
  }));
  return { frames, layout: controls(stops) };
}

const upTo = ({ x, y, step }: Steps, stop: number): Attributes => {
  const length = step.filter((k) => k <= stop).length;
  const coarse = (values: readonly number[]) => values.slice(0, length).map((each) => cut(each, 4));
  return { x: coarse(x), y: coarse(y) };
};

// Only the paths move, so nothing else needs to be drawn again.
const jump = {
  mode: "immediate",
  transition: { duration: 0 },
  frame: { duration: 0, redraw: false },
};

const controls = (stops: readonly number[]): Layout => ({
  sliders: [
    {
      ...sliderLook("step "),
      active: stops.length - 1,
      x: 0.26,
      len: 0.74,
      steps: stops.map((stop) => ({
        label: String(stop),
        method: "animate",
        args: [[String(stop)], jump],
      })),
    },
  ],
  updatemenus: [
    {
      type: "buttons",
      direction: "left",
      showactive: false,
      x: 0,
      xanchor: "left",
      y: 0,
      yanchor: "top",
      pad: { t: 64 },
      buttons: [
        { label: "Play", method: "animate", args: [null, play] },
        { label: "Pause", method: "animate", args: [[null], jump] },
      ],
    },
  ],
});

const play = { ...jump, fromcurrent: true, frame: { duration: 100, redraw: false } };
