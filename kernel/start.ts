import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { compiledFile } from "./compiledFile.ts";

/**
 * Runs the program that stands beside this file, `host.program` beside `host.cjs`, and spares it the compiling:
 * V8 takes over what it compiled while the kernel was installed. Where there is no such file, or it is another
 * version's, V8 compiles as ever.
 */
const here = import.meta.url;
const program = here.replace(/cjs$/, "program");
const compiled = compiledFile(fileURLToPath(program));
const script = new Script(readFileSync(fileURLToPath(program), "latin1"), {
  filename: program,
  ...(existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}),
});
const isCompiled = script.cachedDataRejected === false;
if (process.env.DOWNHILL_KEEP_COMPILED && !isCompiled) process.once("exit", keepCompiled);
script.runInThisContext()(createRequire(here), (specifier: string) => import(specifier), here);

/** What has run by now is compiled by now. Another process may read the file meanwhile, so it comes whole. */
function keepCompiled(): void {
  const unfinished = `${compiled}.${process.pid}`;
  writeFileSync(unfinished, script.createCachedData());
  renameSync(unfinished, compiled);
}
