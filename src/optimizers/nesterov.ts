import { oneOf } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface NesterovOptions {
  /** α. Default 0.01. */
  readonly learningRate?: LearningRate;
  /** β, how much of the velocity is kept. Default 0.9. */
  readonly beta?: number;
  /**
   * `"lookahead"` is the rule as texts print it: its gradient must be taken at `lookAt(θ, state)`.
   * `"torch"` (also Optax) and `"keras"` rewrite it for the point ahead, so that the gradient is
   * taken where the parameters are; they differ from each other only while α changes.
   * Default `"torch"`.
   */
  readonly variant?: "lookahead" | "torch" | "keras";
}

export interface NesterovState extends OptimizerState {
  readonly velocity: readonly number[];
}

/**
 * Nesterov momentum: a heavy ball that asks for the slope where it is about to be.
 * That brakes it before the valley's other side instead of after, so it overshoots less.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * nesterov({ learningRate: 0.1 }).step([1], { t: 3, velocity: [2] }).move   // → [-0.352]
 * nesterov({ variant: "lookahead" }).lookAt?.([5], { t: 3, velocity: [2] })   // → [3.2]
 */
export function nesterov(options: NesterovOptions = {}): Optimizer<NesterovState> {
  const { learningRate = 0.01, beta = 0.9, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(variants));
  decayRate("beta", beta);
  const { rule, pushed, moved } = variants[variant];
  const ahead: Optimizer<NesterovState>["lookAt"] = (parameters, { velocity }) =>
    Float64Array.from(parameters, (theta, i) => theta - beta * velocity[i]!);
  return defineOptimizer({
    name: "Nesterov momentum",
    settings: { learningRate, beta, variant },
    options,
    rule,
    source:
      "Nesterov (1983), A method for solving the convex programming problem with convergence rate O(1/k²)",
    start: (length) => ({ t: 0, velocity: zeros(length) }),
    lookAt: variant === "lookahead" ? ahead : undefined,
    advance: ({ gradient, rate }, { velocity }, move) => {
      for (let i = 0; i < move.length; i++) {
        const v = pushed(velocity[i]!, gradient[i]!, beta, rate);
        velocity[i] = v;
        move[i] = moved(v, gradient[i]!, beta, rate);
      }
    },
  });
}

type Formula = (v: number, g: number, beta: number, alpha: number) => number;

const variants: Record<
  NonNullable<NesterovOptions["variant"]>,
  { readonly rule: readonly string[]; readonly pushed: Formula; readonly moved: Formula }
> = {
  lookahead: {
    rule: [
      String.raw`v \leftarrow \beta\, v + \alpha\, \nabla J(\theta - \beta\, v)`,
      String.raw`\theta \leftarrow \theta - v`,
    ],
    pushed: (v, g, beta, alpha) => beta * v + alpha * g,
    moved: (v) => -v,
  },
  torch: {
    rule: [
      String.raw`v \leftarrow \beta\, v + g`,
      String.raw`\theta \leftarrow \theta - \alpha\, (g + \beta\, v)`,
    ],
    pushed: (v, g, beta) => beta * v + g,
    moved: (v, g, beta, alpha) => -alpha * (g + beta * v),
  },
  keras: {
    rule: [
      String.raw`v \leftarrow \beta\, v - \alpha\, g`,
      String.raw`\theta \leftarrow \theta + \beta\, v - \alpha\, g`,
    ],
    pushed: (v, g, beta, alpha) => beta * v - alpha * g,
    moved: (v, g, beta, alpha) => beta * v - alpha * g,
  },
};
