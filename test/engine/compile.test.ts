import { describe, expect, test } from "vitest";
import {
  compile,
  grad,
  hessian,
  hvp,
  oneHot,
  random,
  softplus,
  stack,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../src/engine/index.ts";

const net = (p: readonly Tensor[], x: Tensor) =>
  x.matmul(p[0]!).add(p[1]!).tanh().matmul(p[2]!).add(p[3]!);
const huber = (p: Tensor, y: Tensor) => {
  const residual = p.sub(y);
  const cut = residual.clamp(-1, 1);
  return cut.mul(residual.sub(cut.mul(0.5))).mean();
};
const logitLoss = (z: Tensor, y: Tensor) => softplus(z).sub(z.mul(y)).mean();
/** Both softplus and both sigmoids need e^(−|z|), which is computed once. */
const crossEntropy = (z: Tensor, y: Tensor) =>
  y.mul(z.neg().softplus()).add(y.neg().add(1).mul(z.softplus())).mean();

/** Functions that mix what a plan has to get right, as functions of one tensor [6, 5]. */
const functions: Record<string, (x: Tensor) => unknown> = {
  "a chain of formulas": (x) => x.mul(2).add(1).tanh().exp().sub(x),
  "rows and columns repeated": (x) => x.add(x.sum(0)).mul(x.mean({ axis: 1, keepDims: true })),
  "a list as a row and as a column": (x) => {
    const list = x.slice(0, 5).sum(0);
    return list
      .mul(list.reshape([5, 1]))
      .add(list)
      .sub(list.reshape([5, 1]));
  },
  "a sum within a loop": (x) => x.square().sum().mul(x).add(x.square().sum()),
  "two totals of one loop": (x) => stack([x.exp().sum(), x.exp().mul(3).mean()]),
  softmax: (x) => x.softmax(),
  "moving numbers about": (x) =>
    x.transpose().slice(1, 4).gather([2, 0]).reshape([3, 4]).mul(x.sum()),
  products: (x) => x.matmul(x.transpose()).add(x.matmul([1, 2, 3, 4, 5])),
  "a result among its inputs, and one that never changes": (x) => [x, tensor([1, 2]), x.neg(), 7],
  "value and gradient of a Huber loss": (x) => valueAndGrad(huber)(x, x.mul(0.3)),
  "gradient of a network": (x) =>
    grad((p: readonly Tensor[]) =>
      logitLoss(net(p, x), x.sum({ axis: 1, keepDims: true }).greater(0)),
    )([random(1).normal([5, 8]), random(2).normal([8]), random(3).normal([8, 1]), tensor([0.1])]),
  "a Hessian": (x) => hessian((w) => x.matmul(w).softplus().mean())(tensor([1, 2, 3, 4, 5])),
  "a Hessian–vector product": (x) => hvp((x) => x.tanh().square().sum())(x, x.mul(0.5)),
};

/** Tensors as nested arrays, so that results can be compared. */
function plain(part: unknown): unknown {
  if (part !== null && typeof part === "object" && "toArray" in part)
    return (part as Tensor).toArray();
  if (Array.isArray(part)) return part.map(plain);
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, plain(inner)]));
}

describe.each(["float64", "float32"] as const)("compiled in %s", (dtype) => {
  test.each(Object.entries(functions))("%s gives the same numbers to the last bit", (_, f) => {
    const compiled = compile(f);
    for (const seed of [1, 2, 3]) {
      const x = tensor(random(seed).normal([6, 5]), { dtype });
      expect(plain(compiled(x))).toEqual(plain(f(x)));
    }
    expect((compiled as { obstacle?: string }).obstacle).toBeUndefined();
  });

  test.each([0, 1, 3, 1023, 1024, 1025, 5000])(
    "sums of %i entries agree to the last bit",
    (size) => {
      for (const loss of [huber, logitLoss, crossEntropy]) {
        const f = (x: Tensor, y: Tensor) => valueAndGrad(loss)(x, y);
        const compiled = compile(f);
        for (const seed of [1, 2]) {
          const [x, y] = [1, 2].map((k) =>
            tensor(random(seed * k).normal([size], 0, 2), { dtype }),
          );
          expect(plain(compiled(x!, y!))).toEqual(plain(f(x!, y!)));
        }
      }
    },
  );
});

test("numbers among the arguments may change, and number parameters get number gradients", () => {
  let runs = 0;
  const step = compile((p: { w: number; b: number }, rate: number) => {
    runs++;
    return { slope: grad((q: { w: Tensor; b: Tensor }) => q.w.mul(q.b).mul(rate))(p), rate };
  });
  expect(step({ w: 2, b: 3 }, 10).slope).toEqual({ w: 30, b: 20 });
  expect(step({ w: 5, b: 7 }, 1).slope).toEqual({ w: 7, b: 5 });
  expect(runs).toBe(1);
});

describe("indices among the arguments of a compiled function", () => {
  const table = random(6).normal([4, 3]);
  const functions: Record<string, (x: Tensor, at: Tensor) => unknown> = {
    gather: (x, at) => x.exp().gather(at).square(),
    "gather along another axis": (x, at) => x.gather(at.minimum(2), 1).sum(0),
    "the gradient of gather": (x, at) =>
      grad((x: Tensor) => x.gather(at).mul(table).square().sum())(x),
    pick: (x, at) => x.pick(at.minimum(2)).exp(),
    "the curvature of pick": (x, at) =>
      hvp((x: Tensor) => x.logSoftmax().pick(at.minimum(2)).square().sum())(x, table),
    oneHot: (x, at) => oneHot(at, 4).matmul(x),
  };

  test.each(Object.entries(functions))(
    "%s: may change, and give the numbers of the plain function to the last bit",
    (_, f) => {
      const compiled = compile(f);
      for (const dtype of ["float64", "float32"] as const)
        for (const at of [[0, 1, 2, 3], [3, 3, 0, 1], new Float32Array([2, 0, 0, 2])]) {
          const x = tensor(random(2).normal([4, 3]), { dtype });
          expect(plain(compiled(x, tensor(at)))).toEqual(plain(f(x, tensor(at))));
        }
      expect((compiled as { obstacle?: string }).obstacle).toBeUndefined();
    },
  );

  test.each([
    ["gather", 4, "axis 0 of shape [4,3]", "3"],
    ["pick", 3, "the 3 columns", "2"],
    ["oneHot", 4, "4 classes", "3"],
  ])("%s refuses one that is not there, in a repetition too", (name, wrong, of, most) => {
    const compiled = compile((x: Tensor, at: Tensor) => {
      if (name === "oneHot") return oneHot(at, 4);
      return name === "gather" ? x.gather(at) : x.pick(at);
    });
    compiled(table, tensor([0, 1, 2, 0]));
    const message = `${name} needs whole numbers from 0 to ${most} for ${of}, but entry 1 is ${wrong}`;
    expect(() => compiled(table, tensor([0, wrong, 1, 2]))).toThrow(message);
    expect(() => compiled(table, tensor([0, 0.5, 1, 2]))).toThrow("but entry 1 is 0.5");
  });
});

test("a list of indices may be written anew after the call, and the way back still knows it", () => {
  const rows = [0, 2];
  const f = (x: Tensor) => {
    const picked = x.gather(rows);
    rows[0] = 1;
    return picked.sum();
  };
  expect(grad(f)(tensor([5, 6, 7])).toArray()).toEqual([1, 0, 1]);
});

test("arguments with another count of parts, or other names, are watched anew", () => {
  const total = compile((parts: readonly Tensor[] | Readonly<Record<string, Tensor>>) =>
    Object.values(parts).reduce((sum, part) => sum.add(part)),
  );
  const [one, two] = [tensor(1), tensor(2)];
  for (const parts of [[one, two], [one, two, two], [two, one], { one, two }, { two, ten: one }])
    expect(total(parts).item()).toBe(Object.values(parts).reduce((sum, x) => sum + x.item(), 0));
});

test("another shape is watched anew", () => {
  const doubled = compile((x: Tensor) => x.mul(2));
  expect(doubled(tensor([1, 2])).toArray()).toEqual([2, 4]);
  expect(doubled(tensor([1, 2, 3])).toArray()).toEqual([2, 4, 6]);
});

test("a closed-over list of one number again and again is that number, and one with another is a list", () => {
  const x = random(1).normal([64]);
  for (const list of [new Float64Array(64).fill(0.3), new Float64Array(64).fill(0.3).with(63, 2)]) {
    const f = (x: Tensor) => x.exp().mul(tensor(list)).square();
    expect(compile(f)(x).data).toEqual(f(x).data);
  }
});

test("what the function closes over may be as long as it likes and stays as it was", () => {
  const data = random(4).normal([3000]);
  const f = (w: Tensor) => data.mul(w).sum();
  const compiled = compile(f);
  for (const w of [1, 2, 3].map((value) => tensor(value)))
    expect(compiled(w).item()).toBe(f(w).item());
});

test("a function that looks at numbers runs as it is, and says why", () => {
  const f = compile((x: Tensor) => (x.sum().item() > 0 ? x : x.neg()));
  expect(f(tensor([1, 2])).toArray()).toEqual([1, 2]);
  expect(f(tensor([-1, -2])).toArray()).toEqual([1, 2]);
  expect(f.obstacle).toBe("it reads numbers that depend on the arguments");
});

test("a compiled function can be differentiated and used in another one", () => {
  const square = compile((x: Tensor) => x.square().sum());
  square(tensor([1, 2]));
  expect(grad((x: Tensor) => square(x).mul(3))(tensor([1, 2])).toArray()).toEqual([6, 12]);
  const outer = compile((x: Tensor) => square(x).add(1));
  expect([outer(tensor([1, 2])).item(), outer(tensor([3, 4])).item()]).toEqual([6, 26]);
});

test("results of a compiled function are its own and last", () => {
  const doubled = compile((x: Tensor) => x.mul(2));
  const results = [1, 2, 3].map((value) => doubled(tensor([value])));
  expect(results.map((result) => result.item())).toEqual([2, 4, 6]);
});

test("a function that insists on plain numbers runs as it is, and says why", () => {
  const scaled = compile((x: Tensor, factor: number) => {
    if (typeof factor !== "number") throw new TypeError("factor must be a number");
    return x.mul(factor);
  });
  expect(scaled(tensor([1, 2]), 3).toArray()).toEqual([3, 6]);
  expect(scaled(tensor([1, 2]), 4).toArray()).toEqual([4, 8]);
  expect(scaled.obstacle).toMatch(/factor must be a number/);
});

test("arithmetic operators on number arguments give right numbers, uncompiled", () => {
  const line = compile((p: { w: number }) => ({ w: p.w * 2 + 1 }));
  expect([line({ w: 3 }), line({ w: 5 })]).toEqual([{ w: 7 }, { w: 11 }]);
  expect(line.obstacle).toBe("it reads numbers that depend on the arguments");
});

test("an arithmetic operator on a tensor is refused, since it would cut the derivative", () => {
  const careless = (x: Tensor) => tensor(Number(x) * 2);
  expect(() => grad(careless)(3)).toThrow(/do not work on tensors.*\nHint: write x.mul\(2\)/);
  expect(`${tensor([1, 2])}`).toBe("tensor([2]: 1, 2)");
});

test.each([8, 128, 50_000])(
  "with reuse a replaced result of %i numbers says so, and a step may take the result before as its argument",
  (length) => {
    const next = compile((x: Tensor) => x.add(1), { reuse: true });
    let x = random(5).normal([length]);
    const start = x.data[7]!;
    const seen: Tensor[] = [];
    for (let turn = 0; turn < 5; turn++) {
      x = next(x);
      seen.push(x);
    }
    expect(x.data[7]).toBe(start + 1 + 1 + 1 + 1 + 1);
    expect(() => seen[2]!.data).toThrow(/compiled with reuse.*\nHint: read what you need/);
  },
);

test("with reuse results that share a place stay until none of them is an argument any more", () => {
  const step = compile(
    ({ x, y }: { x: Tensor; y: Tensor }) => ({ x: x.add(y), y: y.mul(2), sum: x.sum() }),
    { reuse: true },
  );
  let state = { x: tensor([1, 2]), y: tensor([1, 1, 1]).slice(0, 2), sum: tensor(0) };
  const states = [state];
  for (let turn = 0; turn < 4; turn++) {
    state = step(state);
    states.push(state);
  }
  expect(states[4]).toMatchObject({ x: { data: new Float64Array([16, 17]) } });
  expect(states[3]).toMatchObject({ y: { data: new Float64Array([8, 8]) } });
  expect(() => states[2]!.x.data).toThrow(/compiled with reuse/);
  expect(states.map(({ sum }) => sum.item())).toEqual([0, 3, 5, 9, 17]);
});
