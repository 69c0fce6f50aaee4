import { describe, expect, test } from "vitest";
import {
  bceWithLogits,
  datasets,
  gaussNewton,
  lbfgs,
  leastSquaresOf,
  levenbergMarquardt,
  minimize,
  models,
  mse,
  newton,
  problemOf,
  tensor,
  valueAndGrad,
} from "../../src/index.ts";

const { x, y } = datasets.clusters({ samples: 60, noise: 2, seed: 4 });

describe("a model, its loss and its data as a problem", () => {
  const model = models.logistic({ inputs: 2 });
  const cost = (p: ReturnType<typeof model.start>) => bceWithLogits()(model(p, x), y);
  const problem = problemOf(cost, model.start());

  test("has the value, the slopes and the curvature of its cost", () => {
    const at = { weight: tensor([0.5, -1]), bias: tensor(0.25) };
    const list = Float64Array.from([0.5, -1, 0.25]);
    const { value, gradient } = valueAndGrad(cost)(at);
    const asked = problem.valueAndGradient(list);
    expect(asked.value).toBe(value.item());
    expect(Array.from(asked.gradient)).toEqual([...gradient.weight.data, gradient.bias.item()]);
    const bend = problem.hessian(list);
    const h = 1e-5;
    for (const [i, row] of bend.entries()) {
      const [more, less] = [h, -h].map(
        (step) => problem.valueAndGradient(list.with(i, list[i]! + step)).gradient,
      );
      row.forEach((entry, j) => {
        expect(entry).toBeCloseTo((more![j]! - less![j]!) / (2 * h), 7);
      });
    }
  });

  test("is brought down by L-BFGS and by Newton to the same parameters, in their own structure", () => {
    const [near, far] = [lbfgs(), newton()].map((way) => {
      const { last } = minimize(way, problem, problem.start);
      expect(last.outcome).toBe("arrived");
      return problem.restore(last.parameters);
    });
    expect(near!.weight.shape).toEqual([2]);
    near!.weight.data.forEach((weight, i) => {
      expect(weight).toBeCloseTo(far!.weight.data[i]!, 6);
    });
  });
});

test("residuals are brought down by least squares, one row of the Jacobian for each", () => {
  const line = models.linear({ inputs: 2 });
  const squares = leastSquaresOf((p) => line(p, x).sub(y), line.start());
  const { residuals, jacobian } = squares.residualsAndJacobian(squares.start);
  expect([residuals.length, jacobian.length, jacobian[0]!.length]).toEqual([60, 60, 3]);
  const costs = [gaussNewton(), levenbergMarquardt()].map((way) => {
    const found = squares.restore(minimize(way, squares, squares.start).last.parameters);
    return mse()(line(found, x), y).item();
  });
  const problem = problemOf((p) => mse()(line(p, x), y), line.start());
  const { last } = minimize(newton(), problem, problem.start);
  for (const cost of costs) expect(cost).toBeCloseTo(last.value, 12);
});

test("a network of tables of weights can be handed over as well", () => {
  const net = models.mlp({ layers: [2, 3, 1], activation: "tanh" });
  const problem = problemOf((p) => bceWithLogits()(net(p, x), y), net.start());
  const { last } = minimize(lbfgs(), problem, problem.start, { steps: 30 });
  expect(last.value).toBeLessThan(problem.valueAndGradient(problem.start).value);
  expect(problem.restore(last.parameters).layers[0]!.weight.shape).toEqual([2, 3]);
});
