import { atMost, atMostTimes, strictAtMostTimes } from "../goals.ts";
import type { Figure, Part, Peer } from "../Part.ts";
import { after, medianOf, startKernel } from "../RunningKernel.ts";
import { cells as texts } from "../texts.ts";

const noRest = ", no rest";

const cellGoals = (suffix: string): Part["goals"] => ({
  [`trivial cell after 150${suffix}, ms`]: [
    atMostTimes(1, "Deno"),
    strictAtMostTimes(0.33, "tslab"),
  ],
  [`30-line cell after 200${suffix}, ms`]: [
    atMostTimes(1, "Deno"),
    strictAtMostTimes(0.33, "tslab"),
  ],
  [`trivial cell 500 against cell 50${suffix}, times`]: [atMost(1.3)],
});

/**
 * What a cell costs in a kernel that has run for a while, from its request to its reply: once with two seconds of rest
 * after the first cell, as in every session of a person, and once in a kernel that was given no rest since its start.
 */
export const cells: Part = {
  rounds: 3,
  kernels: ["downhill", "downhill, strict", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => [...(await session(peer, 2, "")), ...(await session(peer, 0, noRest))],
  goals: {
    ...cellGoals(""),
    ...cellGoals(noRest),
  },
};

async function session(peer: Peer, rest: number, suffix: string): Promise<Figure[]> {
  const kernel = await startKernel(peer);
  const { trivial, thirtyLines } = texts[peer.language];
  const trivials = (count: number) => medianOf(count, (i) => kernel.run(trivial(i)));
  await trivials(1);
  await after(rest);
  await trivials(24);
  const early = await trivials(50);
  await trivials(75);
  const later = await trivials(50);
  const thirty = await medianOf(50, (i) => kernel.run(thirtyLines(i)));
  await trivials(200);
  const last = await trivials(50);
  await kernel.end();
  return [
    { row: `trivial cell after 150${suffix}, ms`, value: later },
    { row: `30-line cell after 200${suffix}, ms`, value: thirty },
    { row: `trivial cell 500 against cell 50${suffix}, times`, value: last / early },
  ];
}
