export { causeOf } from "./causeOf.ts";
export { type AuthorFacts, gatherEvidence } from "./gatherEvidence.ts";
export { type GradientMistake, namedMistake } from "./namedMistake.ts";
