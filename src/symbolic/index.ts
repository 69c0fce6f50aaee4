export { gapAbove } from "./bounds.ts";
export { type Domain, shapeOf } from "./curvature.ts";
export { derivative } from "./derivative.ts";
export { type Derivation, type DerivationStep, derive } from "./derive.ts";
export { type Expression, namesIn, negative, substitute } from "./Expression.ts";
export { compiled, evaluate } from "./evaluate.ts";
export { FormulaError } from "./FormulaError.ts";
export {
  type ConvexitySubject,
  type FormulaOptions,
  formulaOptions,
  readSubject,
} from "./formulaSubject.ts";
export { everything, type Interval } from "./interval.ts";
export { jetOf } from "./jet.ts";
export { parseFormula } from "./parseFormula.ts";
export { asTeX, asText } from "./print.ts";
export { simplified } from "./rewrite.ts";
