import { atLeast, atMost, atMostTimes } from "../goals.ts";
import type { Part } from "../Part.ts";
import { type Asked, startKernel } from "../RunningKernel.ts";
import { cells } from "../texts.ts";

const count = 100_000;

/** A cell that prints a hundred thousand lines, in a kernel that has run a little. */
export const flood: Part = {
  rounds: 5,
  kernels: ["downhill", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { trivial, flood } = cells[peer.language];
    for (let i = 0; i < 20; i++) await kernel.run(trivial(i));
    const cell = kernel.start(flood(count));
    // A kernel that loses lines may never say that it is done; ten seconds are ten times what others need.
    await kernel.until(() => cell.idle < Infinity && cell.replied < Infinity, 10);
    await kernel.quiet();
    await kernel.end();
    return figures(cell);
  },
  goals: {
    "100 000 lines, s": [atMostTimes(1.5, "ipykernel")],
    "first of these lines, ms": [atMost(20)],
    "lines in order, before idle": [atLeast(count)],
    "lines after idle": [atMost(0)],
  },
};

function figures({ sent, idle, replied, heard }: Asked) {
  const streams = heard.filter(({ message }) => message.header.msg_type === "stream");
  const linesOf = (some: typeof streams) =>
    some
      .map(({ message }) => message.content.text)
      .join("")
      .split("\n")
      .slice(0, -1);
  const early = linesOf(streams.filter(({ at }) => at <= idle));
  const wrong = early.findIndex((line, i) => line !== `line ${i}`);
  const last = Math.max(idle, replied, streams.at(-1)?.at ?? 0);
  return [
    { row: "100 000 lines, s", value: (last - sent) / 1000 },
    { row: "first of these lines, ms", value: (streams[0]?.at ?? Infinity) - sent },
    { row: "lines in order, before idle", value: wrong < 0 ? early.length : wrong },
    { row: "lines after idle", value: linesOf(streams).length - early.length },
  ];
}
