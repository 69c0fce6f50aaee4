import { arch, version } from "node:process";

/** Where this Node.js finds the compiled form of a program: beside it, because it is worth as much trust. */
export const compiledFile = (program: string): string => `${program}.${version}-${arch}`;
