import { random, softplus, type Tensor, valueAndGrad } from "../../src/index.ts";
import { adam } from "./adam.ts";
import { moons, network } from "./data.ts";
import { measure } from "./measure.ts";

const logitLoss = (z: Tensor, target: Tensor) => softplus(z).sub(z.mul(target)).mean();

const net = (p: readonly Tensor[], x: Tensor): Tensor => {
  const [w1, b1, w2, b2, w3, b3] = p as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const first = x.matmul(w1).add(b1).tanh();
  const second = first.matmul(w2).add(b2).tanh();
  return second.matmul(w3).add(b3);
};

/** c: a small network on two moons, 20 epochs of 31 batches of 32. */
function workC(): number {
  const { points, labels } = moons();
  const chance = random(5);
  const loss = valueAndGrad((p: readonly Tensor[], x: Tensor, t: Tensor) =>
    logitLoss(net(p, x), t),
  );
  let parameters = network([2, 64, 64, 1]);
  const update = adam(parameters, 1e-3);
  let last = 0;
  for (let epoch = 0; epoch < 20; epoch++) {
    const order = chance.permutation(1000);
    for (let start = 0; start + 32 <= 992; start += 32) {
      const batch = order.slice(start, start + 32);
      const { value, gradient } = loss(parameters, points.gather(batch), labels.gather(batch));
      parameters = update(gradient as Tensor[]);
      last = value.item();
    }
  }
  return last;
}

measure("c f64", "downhill", workC);
console.error(workC());
