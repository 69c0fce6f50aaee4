export { type AdabeliefOptions, adabelief } from "./adabelief.ts";
export { type AdadeltaOptions, type AdadeltaState, adadelta } from "./adadelta.ts";
export {
  type AdafactorOptions,
  type AdafactorState,
  adafactor,
  type Factors,
} from "./adafactor.ts";
export { type AdagradOptions, type AdagradState, adagrad } from "./adagrad.ts";
export { type AdamOptions, type AdamState, type AdamVariant, adam } from "./adam.ts";
export { type AdamaxOptions, type AdamaxState, adamax } from "./adamax.ts";
export { type AdamwOptions, adamw } from "./adamw.ts";
export { type AmsgradOptions, type AmsgradState, amsgrad } from "./amsgrad.ts";
export { type AsgdOptions, type AsgdState, asgd } from "./asgd.ts";
export {
  type AveragedMomentumOptions,
  type AveragedMomentumState,
  averagedMomentum,
} from "./averagedMomentum.ts";
export { type FtrlOptions, type FtrlState, ftrl } from "./ftrl.ts";
export { type GradientDescentOptions, gradientDescent } from "./gradientDescent.ts";
export { type HeavyBallOptions, type HeavyBallState, heavyBall } from "./heavyBall.ts";
export { type LambOptions, type LambState, lamb } from "./lamb.ts";
export { type LbfgsOptions, type LbfgsState, lbfgs } from "./lbfgs.ts";
export {
  type DampedState,
  gaussNewton,
  type LeastSquares,
  type LevenbergMarquardtOptions,
  levenbergMarquardt,
} from "./levenbergMarquardt.ts";
export { type LionOptions, type LionState, lion } from "./lion.ts";
export {
  type Descent,
  type Minimizer,
  type MinimizerState,
  minimize,
  type Problem,
} from "./Minimizer.ts";
export { type MuonOptions, type MuonState, muon } from "./muon.ts";
export { type NadamOptions, type NadamState, nadam } from "./nadam.ts";
export { type NesterovOptions, type NesterovState, nesterov } from "./nesterov.ts";
export { type CurvedProblem, type NewtonOptions, newton } from "./newton.ts";
export {
  defineOptimizer,
  type LearningRate,
  type NumberList,
  type Optimizer,
  type OptimizerFacts,
  type OptimizerState,
  type Part,
} from "./Optimizer.ts";
export { type RadamOptions, radam } from "./radam.ts";
export { type RmspropOptions, type RmspropState, rmsprop } from "./rmsprop.ts";
export { type RpropOptions, type RpropState, rprop } from "./rprop.ts";
export { type SgdOptions, type SgdState, sgd } from "./sgd.ts";
export { type SignDescentOptions, signDescent } from "./signDescent.ts";
