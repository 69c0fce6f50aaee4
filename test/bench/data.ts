import { type DType, random, type Tensor, tensor } from "../../src/index.ts";

/** 10 000 rows of 20, and labels drawn from what a line says of each. */
export function logisticData(dtype: DType): { x: Tensor; y: Tensor } {
  const chance = random(1);
  const x = tensor(chance.normal([10000, 20]), { dtype });
  const chances = x.matmul(tensor(chance.normal([20]), { dtype })).sigmoid();
  return { x, y: chances.greater(tensor(chance.uniform([10000]), { dtype })) };
}

/** Two interleaved half circles, and which of the two each point is from. */
export function moons(dtype: DType, count = 1000): { points: Tensor; labels: Tensor } {
  const chance = random(4);
  const labels = Array.from({ length: count }, (_, i) => i % 2);
  const noise = chance.normal([count, 2], 0, 0.1);
  const clean = labels.map((label) => {
    const angle = Math.PI * chance.next();
    return label === 0
      ? [Math.cos(angle), Math.sin(angle)]
      : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  });
  return {
    points: tensor(noise.add(clean), { dtype }),
    labels: tensor(labels, { dtype }).reshape([count, 1]),
  };
}

/** Weights and zero offsets for each pair of neighbouring layers. */
export function network(sizes: readonly number[], dtype: DType, seed = 7): Tensor[] {
  const chance = random(seed);
  return sizes.slice(1).flatMap((width, i) => {
    const before = sizes[i]!;
    return [
      tensor(chance.normal([before, width], 0, Math.sqrt(1 / before)), { dtype }),
      tensor(new Float64Array(width), { dtype }),
    ];
  });
}
