import { type Tensor, tensor, type Values } from "../../src/index.ts";

/** Adam as a learner would write it for the benchmark: one loop over all numbers. */
export function adam(parameters: readonly Tensor[], learningRate: number) {
  const values = parameters.map((parameter) => parameter.data.slice());
  const slopes = values.map((value) => value.slice());
  const m = values.map((value) => value.map(() => 0));
  const v = values.map((value) => value.map(() => 0));
  let t = 0;
  return (gradients: readonly Tensor[]): Tensor[] => {
    t++;
    const rate = learningRate / (1 - 0.9 ** t);
    const scale = 1 / Math.sqrt(1 - 0.999 ** t);
    return gradients.map((gradient, p) => {
      gradient.copyTo(slopes[p]!);
      step(values[p]!, slopes[p]!, m[p]!, v[p]!, rate, scale);
      return tensor(values[p]!, { shape: gradient.shape });
    });
  };
}

function step(w: Values, g: Values, m: Values, v: Values, rate: number, scale: number): void {
  for (let i = 0; i < w.length; i++) {
    m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
    v[i] = 0.999 * v[i]! + 0.001 * g[i]! * g[i]!;
    w[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) * scale + 1e-8);
  }
}
