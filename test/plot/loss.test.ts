import { expect, test } from "vitest";
import { contrastive, hingeEmbedding } from "../../src/index.ts";
import { loss } from "../../src/plot/index.ts";
import { huber, mae, mse } from "./subjects.ts";

test("stacks loss, derivative and curvature on one axis", () => {
  const { data, layout } = loss(mse);
  expect(data.map(({ yaxis }) => yaxis)).toEqual(["y", "y2", "y3"]);
  expect(data[1]!.x!.every((x, k) => data[1]!.y![k] === 2 * (x as number))).toBe(true);
  expect([layout.yaxis, layout.yaxis2, layout.yaxis3]).toMatchObject(
    ["loss", "derivative", "curvature"].map((text) => ({ title: { text } })),
  );
});

test("shows both slopes at a seam, and a line through neither", () => {
  const { x, y } = loss(mae).data[1]!;
  const gap = y!.indexOf(null);
  expect([x![gap - 1], y![gap - 1]]).toEqual([0, -1]);
  expect([x![gap + 1], y![gap + 1]]).toEqual([0, 1]);
});

test("breaks a curvature that jumps, without being told of a seam", () => {
  expect(loss(huber).data[2]!.y!.filter((y) => y === null)).toHaveLength(2);
});

test("compares several losses under their own names or under others", () => {
  const names = (figure: ReturnType<typeof loss>) => [
    ...new Set(figure.data.map(({ name }) => name)),
  ];
  expect(names(loss([mse, mae]))).toEqual(["mse", "mae"]);
  expect(names(loss({ L2: mse, L1: mae }))).toEqual(["L2", "L1"]);
});

test("says which loss is convex, and tells a kink from a mere jump of the curvature", () => {
  expect(loss(mae).alt).toContain("derivative -1 to 1, convex, kink at 0.");
  const smooth = loss({ ...huber, seams: [-1, 1] });
  expect(smooth.alt).toContain("derivative -1 to 1, convex, curvature jumps at -1, 1.");
  expect(smooth.layout.annotations!.map(({ text }) => text)).toEqual([
    "curvature jumps",
    "curvature jumps",
  ]);
});

test("marks a seam for the targets that have it", () => {
  expect(loss(contrastive(), { target: 1 }).alt).toMatch(/convex\.$/);
  expect(loss(contrastive(), { target: 0 }).alt).toMatch(/convex, curvature jumps at 1\.$/);
  expect(loss(hingeEmbedding(), { target: 1 }).alt).toMatch(/convex\.$/);
  expect(loss(hingeEmbedding(), { target: -1 }).alt).toMatch(/convex, kink at 1\.$/);
});

test("hands on the target", () => {
  const asked: unknown[] = [];
  loss(
    {
      ...mse,
      curve: (options) => {
        asked.push((options as { target?: number }).target);
        return mse.curve(options);
      },
    },
    { target: 4 },
  );
  expect(asked).toEqual([4]);
});

test("takes a loss that is a function with facts", () => {
  const callable = Object.assign((r: number) => r, { seams: [], curve: mse.curve });
  expect(loss({ mine: callable }).data[0]!.name).toBe("mine");
});

test("points to fn when given a plain function", () => {
  expect(() => loss(((r: number) => r * r) as never)).toThrow("for a plain function use plot.fn");
});
