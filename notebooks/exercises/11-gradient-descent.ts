import { exercise } from "downhill";

type Slope = (c: number) => number;

const bowl: Slope = (c) => 2 * (c - 3);
const steep: Slope = (c) => 10 * c;

export const largestRate = exercise<(curvatures: number[]) => number>({
  lesson: "11",
  name: "largestRate",
  task: "Give back the bound below which every learning rate converges on a bowl with these curvatures.",
  cases: [[[15, 2]], [[0.5, 4, 1]], [[3]]],
  starter: () => 0,
  solution: (curvatures) => 2 / Math.max(...curvatures),
  mistakes: [
    {
      attempt: (curvatures) => 2 / Math.min(...curvatures),
      says: "That rate suits the flattest direction. The steepest one is the first to blow up.",
    },
    {
      attempt: (curvatures) => 1 / Math.max(...curvatures),
      says: "With 1 / λ the steepest direction lands on its goal in one step; it may overshoot as far again before it diverges.",
    },
    {
      attempt: (curvatures) => 2 * Math.max(...curvatures),
      says: "The steeper the bowl, the smaller the step must be: divide, do not multiply.",
    },
    {
      attempt: (curvatures) => 2 / curvatures[0]!,
      says: "You took the first curvature; the largest may stand anywhere.",
    },
    {
      attempt: (curvatures) => 2 / Math.max(curvatures as never),
      says: "Math.max takes numbers and not a list, so it gives NaN. Spread the list out: Math.max(...curvatures).",
    },
    {
      attempt: (curvatures) => 2 / curvatures.reduce((sum, each) => sum + each, 0),
      says: "With the sum of all curvatures you are safe, but the bound is larger: each direction walks by itself.",
    },
  ],
  hints: [
    "One direction with curvature λ multiplies its distance by 1 − ηλ in each step. When does that shrink?",
    "|1 − ηλ| < 1 means η < 2/λ. Which of the directions is the first to break this?",
    "2 divided by the largest curvature; Math.max(...curvatures) finds it.",
  ],
});

export const descend = exercise<
  (slope: Slope, start: number, rate: number, steps: number) => number[]
>({
  lesson: "11",
  name: "descend",
  task: "Walk down: give back all points of gradient descent, the start first.",
  cases: [
    [bowl, 0, 0.25, 3],
    [steep, -1, 0.05, 4],
    [bowl, 7, 0.1, 0],
  ],
  starter: (_, start) => [start],
  solution: (slope, start, rate, steps) => {
    const path = [start];
    for (let step = 0; step < steps; step++) {
      const c = path[step]!;
      path.push(c - rate * slope(c));
    }
    return path;
  },
  mistakes: [
    {
      attempt: (slope, start, rate, steps) => walk((c) => c + rate * slope(c), start, steps),
      says: "That walks uphill: the slope points to where the loss grows, so subtract it.",
    },
    {
      attempt: (slope, start, rate, steps) => walk((c) => c - rate * slope(c), start, steps).slice(1),
      says: "The start is missing: the path begins where the walk begins.",
    },
    {
      attempt: (slope, start, rate, steps) => walk((c) => c - rate * slope(c), start, steps + 1),
      says: "One step too many: after n steps there are n + 1 points, the start among them.",
    },
    {
      attempt: (slope, start, rate, steps) => walk((c) => c - rate * slope(start), start, steps),
      says: "Every step used the slope at the start. Ask for the slope where you stand now.",
    },
    {
      attempt: (slope, start, _, steps) => walk((c) => c - slope(c), start, steps),
      says: "The learning rate is missing: each step is rate times the slope.",
    },
    {
      attempt: (slope, start, rate, steps) =>
        walk((c) => c - rate * Math.sign(slope(c)), start, steps),
      says: "Your steps all have the same size. The step is rate times the slope, not times its sign.",
    },
    {
      attempt: (slope, start, rate, steps) =>
        walk((c) => c - rate * slope(c), start, steps).slice(-1),
      says: "Only the last point came back. Collect every point on the way: path.push(…).",
    },
    {
      attempt: (slope, start, rate, steps) => {
        const path = walk((c) => c - rate * slope(c), start, steps);
        return [start, ...path.slice(0, -1)];
      },
      says: "You push each point before you step from it, so the start stands there twice and the end is missing. Step first, then push.",
    },
  ],
  hints: [
    "Keep a list that begins with the start. What is the last point in it before step number k?",
    "A step goes from c to c − rate · slope(c), with the c where you stand now.",
    "const path = [start]; then, steps times: const c = path[step]; path.push(c - rate * slope(c));",
  ],
});

/** The points of a walk in which each follows from the one before. */
function walk(next: (c: number) => number, start: number, steps: number): number[] {
  const path = [start];
  for (let step = 0; step < steps; step++) path.push(next(path[step]!));
  return path;
}

const square = (c: number) => c * c;
const tall = (c: number) => 50 * c * c;
const quartic = (c: number) => c ** 4;

export const saferRate = exercise<
  (cost: (c: number) => number, slope: Slope, c: number, rate: number) => number
>({
  lesson: "11",
  name: "saferRate",
  task: "Halve the rate until the step from c lowers the cost; give back the rate.",
  cases: [
    [square, (c) => 2 * c, 1, 3],
    [square, (c) => 2 * c, 1, 0.25],
    [tall, (c) => 100 * c, -2, 1],
    [quartic, (c) => 4 * c ** 3, 2, 1],
  ],
  starter: () => 0,
  solution: (cost, slope, c, rate) => {
    let safer = rate;
    while (cost(c - safer * slope(c)) >= cost(c)) safer /= 2;
    return safer;
  },
  mistakes: [
    {
      attempt: (_cost, _slope, _c, rate) => rate,
      says: "The rate came back as it went in. Try the step, and halve the rate while the cost does not fall.",
    },
    {
      attempt: (cost, slope, c, rate) => {
        let [safer, at] = [rate, c];
        while (cost(at - safer * slope(at)) >= cost(at)) {
          at -= safer * slope(at);
          safer /= 2;
        }
        return safer;
      },
      says: "You take the step that was too long and search on from there. Try again from the same c, so leave c as it is.",
    },
    {
      attempt: (cost, slope, c, rate) => {
        let safer = rate;
        while (cost(c - safer * slope(c)) > cost(c)) safer /= 2;
        return safer;
      },
      says: "A step that leaves the cost as it was does not lower it: halve there, too, with >=.",
    },
    {
      attempt: (cost, slope, c, rate) => (cost(c - rate * slope(c)) >= cost(c) ? rate / 2 : rate),
      says: "You halve once at most. If that step does not lower the cost either, halve again: while, not if.",
    },
    {
      attempt: (_cost, _slope, _c, rate) => rate / 2,
      says: "Halving once may not be enough, and may not be needed: repeat while the cost does not fall.",
    },
    {
      attempt: (cost, slope, c, rate) => {
        let safer = rate;
        while (cost(c - safer * slope(c)) >= cost(c)) safer /= 2;
        return c - safer * slope(c);
      },
      says: "That is the point after the step. The question is for the rate that led there.",
    },
    {
      attempt: (cost, slope, c, rate) => {
        let safer = rate;
        while (cost(c - safer * slope(c)) >= cost(c)) safer /= 10;
        return safer;
      },
      says: "You divide by ten. Halve instead: a rate just below the bound is better than one far below it.",
    },
  ],
  hints: [
    "A while loop: as long as the step does not lower the cost, halve the rate.",
    "The point after the step is c − rate · slope(c). Compare its cost with cost(c).",
    "while (cost(c - safer * slope(c)) >= cost(c)) safer /= 2;",
  ],
});
