export type { Diagnostic } from "./diagnostics.ts";
export { lazyTypes, type TypeChecker } from "./lazyTypes.ts";
