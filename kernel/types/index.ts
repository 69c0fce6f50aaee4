export { lazyTypes, type TypeChecker } from "./lazyTypes.ts";
export type { Diagnostic } from "./Types.ts";
