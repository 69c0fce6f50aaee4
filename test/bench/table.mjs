/** The one table that `npm run bench` prints: what was measured beside what it must reach. */

/** At least so many times as fast as torch. */
const goals = /** @type {Record<string, number>} */ ({
  "a eager": 25,
  "b f64": 1.25,
  "b f32": 1.5,
  "c f64": 3,
  "c f32": 6,
  "d f64": 0.6,
  "d f32": 0.75,
  "b f64 train": 1.25,
  "b f32 train": 1.5,
  "c f64 train": 3,
  "c f32 train": 3,
  "d f64 train": 0.6,
  "d f32 train": 0.75,
  e: 5,
  "f hessian": 2.5,
  "f hvp": 9,
  "g huber f64": 1.4,
  "g bce f64": 1.2,
});

/** At most so many milliseconds, where no peer does the same. */
const limits = /** @type {Record<string, number>} */ ({ "h convexity": 60, "h preflight": 1000 });

/**
 * How many times as fast as a peer the issue of the engine asks for.
 *
 * @type {(work: string, by: string) => number | undefined}
 */
function goalOf(work, by) {
  if (by.startsWith("tfjs")) return 10;
  // Compiled code may take 2.3 times as long as a loop by hand.
  if (by === "a loop by hand") return 1 / 2.3;
  return by.startsWith("torch") ? goals[work] : undefined;
}

const heads = ["work", "downhill", "peer", "its time", "downhill is", "goal", ""];

/**
 * One line for each peer of a work, and one for each work without a peer.
 *
 * @param {Map<string, Map<string, number>>} times milliseconds by work and contestant
 * @returns {string[][]}
 */
export function speedLines(times) {
  return [...times].flatMap(([work, row]) => {
    const own = row.get("downhill");
    if (own === undefined) return [];
    // train does what the loop does that is compiled as a whole, and has the same peers.
    const loop = work.replace(/ train$/, "");
    const ours = loop === work ? ["downhill"] : ["downhill", "downhill eager"];
    const peers = [...(times.get(loop) ?? [])].filter(([by]) => !ours.includes(by));
    if (peers.length === 0) return [lineWithoutPeer(work, own)];
    return peers.map(([by, time]) => {
      const [ratio, goal] = [time / own, goalOf(work, by)];
      const wanted = goal === undefined ? "" : `${goal.toFixed(2)} ×`;
      return [
        work,
        milliseconds(own),
        by,
        milliseconds(time),
        `${ratio.toFixed(2)} ×`,
        wanted,
        goal === undefined ? "" : verdict(goal, ratio),
      ];
    });
  });
}

/** @param {string} work @param {number} own */
function lineWithoutPeer(work, own) {
  const limit = limits[work];
  const [goal, reached] = limit === undefined ? ["", ""] : [`${limit} ms`, verdict(own, limit)];
  return [work, milliseconds(own), "none here", "", "", goal, reached];
}

/**
 * @param {{ median: number, kilobytes: number, packages: readonly string[] }} measured
 * @returns {string[][]}
 */
export function importLines({ median, kilobytes, packages }) {
  const others = packages.length === 0 ? "none" : packages.join(", ");
  return [
    ["import", milliseconds(median), "", "", "", "30 ms", verdict(median, 30)],
    ["import reads", `${kilobytes.toFixed(0)} kB`, "", "", "", "300 kB", verdict(kilobytes, 300)],
    ["import loads", others, "", "", "", "none", packages.length === 0 ? "reached" : "missed"],
  ];
}

/** @param {number} time */
const milliseconds = (time) => `${time.toPrecision(4)} ms`;

/** @type {(less: number, more: number) => string} */
const verdict = (less, more) =>
  less <= more ? "reached" : `missed by ${(100 * (1 - more / less)).toFixed(0)} %`;

/** @param {string[][]} lines */
export function printTable(lines) {
  const rows = [heads, ...lines];
  const widths = heads.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
