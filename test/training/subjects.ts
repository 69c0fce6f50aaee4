import { mse, type Tensor } from "../../src/index.ts";

/** The listing of text 4.6: four points on y = 2x. */
export const points = { x: [1, 2, 3, 4], y: [2, 4, 6, 8] };

export const line = (p: { w: Tensor; b: Tensor }, x: Tensor, y: Tensor): Tensor =>
  mse()(p.w.mul(x).add(p.b), y);

export const origin = { w: 0, b: 0 };
