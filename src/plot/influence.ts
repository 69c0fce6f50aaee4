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
import { extent, quantile, say } from "./numbers.ts";

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
  const strongest = Math.max(...sampled.map(strength));
  // Beside one that grows without limit, bounded pulls would be flat lines.
  const frame = 1.8 * quantile(sampled.map(strength), 0.5);
  return draw({
    traces: sampled.map(({ name, gradient }, series) =>
      curveTrace(name, gradient, { series, panel: 0 }),
    ),
    layout: {
      title: { text: options.title ?? "How hard a residual pulls" },
      hovermode: "x unified",
      showlegend: all.length > 1,
      xaxis: axis(x),
      yaxis: axis("influence ψ", frame < strongest ? { range: [-frame, frame] } : {}),
    },
    notes: sampled.flatMap((each) =>
      strength(each) > frame
        ? [`${each.name} pulls on beyond the frame, up to ${say(strength(each))}`]
        : [],
    ),
    alt: `Influence of a residual: ${sampled.map((each) => inWords(each, range)).join("; ")}.`,
  });
}

function inWords(sampled: SampledLoss, range: readonly [number, number]): string {
  const { name, gradient } = sampled;
  const pulls = gradient.y.filter((each) => each !== null);
  return `${name} pulls with ${say(pulls[0]!)} at ${say(range[0])} and ${say(pulls.at(-1)!)} at ${say(range[1])}, at most ${say(strength(sampled))}`;
}

const strength = ({ gradient }: SampledLoss): number => {
  const [least, greatest] = extent(gradient.y.filter((each) => each !== null)) ?? [NaN, NaN];
  return Math.max(Math.abs(least), Math.abs(greatest));
};
