import { expm1, logSigmoid, minimum, softplus, type Tensor, tanh, where } from "../engine/index.ts";

/** The activations that go by a name. */
export type ActivationName =
  | "identity"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "gelu"
  | "silu"
  | "softplus"
  | "tanh"
  | "sigmoid"
  | "logSigmoid";

/** A name, or a function of your own that works entry by entry. */
export type Activation = ActivationName | ((x: Tensor) => Tensor);

interface ActivationFacts {
  readonly value: (x: Tensor) => Tensor;
  /** In TeX, of z. */
  readonly formula: string;
  /** Which weights keep the signal alive through many layers: those for halves cut off, or for S-shapes. */
  readonly init: "he" | "xavier";
}

/** What each name stands for; `gelu` is the form with tanh (Keras: `approximate=True`, PyTorch: `"tanh"`). */
export const activations: Readonly<Record<ActivationName, ActivationFacts>> = {
  identity: { value: (x) => x, formula: "z", init: "xavier" },
  relu: { value: (x) => x.relu(), formula: String.raw`\max(0, z)`, init: "he" },
  leakyRelu: {
    value: (x) => x.relu().sub(x.neg().relu().mul(0.01)),
    formula: String.raw`\max(0, z) - 0.01 \max(0, -z)`,
    init: "he",
  },
  elu: {
    // The exponential sees no positive number: what overflows in the piece not taken spoils the gradient.
    value: (x) => where(x.greater(0), x, expm1(minimum(x, 0))),
    formula: String.raw`z \text{ if } z > 0 \text{ else } e^z - 1`,
    init: "he",
  },
  gelu: {
    value: (x) => {
      const inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
      return x.mul(tanh(inner).add(1)).mul(0.5);
    },
    formula: String.raw`\tfrac12 z (1 + \tanh(\sqrt{2/\pi}\,(z + 0.044715 z^3)))`,
    init: "he",
  },
  silu: { value: (x) => x.mul(x.sigmoid()), formula: String.raw`z\,\sigma(z)`, init: "he" },
  softplus: { value: softplus, formula: String.raw`\log(1 + e^z)`, init: "he" },
  tanh: { value: (x) => x.tanh(), formula: String.raw`\tanh z`, init: "xavier" },
  sigmoid: { value: (x) => x.sigmoid(), formula: String.raw`\sigma(z)`, init: "xavier" },
  logSigmoid: { value: logSigmoid, formula: String.raw`\log \sigma(z)`, init: "xavier" },
};

/** An activation by its name, or the caller's own. */
export function activationOf(activation: Activation): ActivationFacts {
  if (typeof activation === "function")
    return { value: activation, formula: String.raw`\varphi(z)`, init: "he" };
  if (Object.hasOwn(activations, activation)) return activations[activation];
  throw new RangeError(
    `There is no activation "${String(activation)}".\nHint: ${Object.keys(activations).join(", ")}, or a function of a tensor.`,
  );
}
