import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { curveTrace } from "./fn.ts";
import { axis } from "./look.ts";
import {
  type Losses,
  type LossOptions,
  namedLosses,
  rangeAndName,
  type SampledLoss,
  sampledLoss,
} from "./loss.ts";
import { extent, say } from "./numbers.ts";

/**
 * Draws the influence functions ψ(r) of losses, their derivatives: how hard a residual pulls on the fit.
 * Squared error lets a far point pull without limit; a robust loss bounds the pull, or lets go.
 *
 * @example
 * const parabola = { name: "parabola", seams: [], curve: () => ({ argument: [-1, 0, 1], value: [1, 0, 1], gradient: [-2, 0, 2], curvature: [2, 2, 2] }) };
 * plot.influence(parabola, { range: [-1, 1] }).alt // → "Influence of a residual: parabola pulls with -2 at -1 and 2 at 1, at most 2."
 */
export function influence(losses: Losses, options: LossOptions = {}): Figure {
  const all = namedLosses(losses);
  const [range, x] = rangeAndName(all, { range: [-6, 6], ...options });
  const sampled = all.map(([name, each]) => sampledLoss(name, each, range, options.target));
  return draw({
    traces: sampled.map(({ name, gradient }, series) =>
      curveTrace(name, gradient, { series, panel: 0 }),
    ),
    layout: {
      title: { text: options.title ?? "How hard a residual pulls" },
      hovermode: "x unified",
      showlegend: all.length > 1,
      xaxis: axis(x),
      yaxis: axis("influence ψ"),
    },
    alt: `Influence of a residual: ${sampled.map((each) => inWords(each, range)).join("; ")}.`,
  });
}

function inWords({ name, gradient }: SampledLoss, range: readonly [number, number]): string {
  const pulls = gradient.y.filter((each) => each !== null);
  const [least, greatest] = extent(pulls) ?? [NaN, NaN];
  const most = Math.max(Math.abs(least), Math.abs(greatest));
  return `${name} pulls with ${say(pulls[0]!)} at ${say(range[0])} and ${say(pulls.at(-1)!)} at ${say(range[1])}, at most ${say(most)}`;
}
