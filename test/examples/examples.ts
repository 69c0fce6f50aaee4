import { parse } from "@babel/parser";
import { transform } from "esbuild";
import { agree } from "./agree.ts";

/** One `@example` of a docstring. */
export interface Example {
  /** The line of the file that its `@example` stands on. */
  readonly line: number;
  readonly code: string;
}

/** A promise that an example makes with `// → 42` or `// throws RangeError`. */
interface Promised {
  readonly expression: string;
  readonly promise: "→" | "throws";
  readonly expected: string;
}

/** The examples in the docstrings of a source file. */
export function examplesIn(source: string): Example[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: docstring, index }) => {
    const [before, ...examples] = docstring.replace(/\s*\*\/$/, "").split(/^[ \t]*\* ?@example\b/m);
    let line = source.slice(0, index).split("\n").length + before!.split("\n").length - 1;
    return examples.map((text) => {
      const code = text.split(/^[ \t]*\* @/m)[0]!.replace(/^[ \t]*\* ?/gm, "");
      const example = { line, code };
      line += text.split("\n").length - 1;
      return example;
    });
  });
}

/**
 * Runs an example with the public names in scope and returns the promises that it breaks, in words.
 * An example that promises nothing is broken too: nobody would notice when it stops being true.
 */
export async function brokenPromises(
  code: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const { program, promises } = checkedProgram(code);
  if (promises.length === 0) return ["the example has no line with `// → value`"];
  const { code: script } = await transform(program, { loader: "ts", target: "es2022" });
  const broken: string[] = [];
  const check = async (index: number, evaluate: () => unknown, expect: () => unknown) => {
    const complaint = await complaintOf(promises[index]!, evaluate, expect);
    if (complaint) broken.push(complaint);
  };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction("$check", ...Object.keys(scope), script)(check, ...Object.values(scope));
  return broken;
}

/** The example as a program in which every promised expression is handed to `$check`. */
function checkedProgram(code: string): { program: string; promises: Promised[] } {
  // A promise ends its statement, whatever the next line begins with.
  const ended = code.replace(/;?[ \t]*(\/\/ (→|throws) )/g, "; $1");
  const { program, comments } = parse(ended, {
    plugins: ["typescript"],
    sourceType: "module",
    allowAwaitOutsideFunction: true,
  });
  const promises: Promised[] = [];
  const parts = program.body.map((statement) => {
    const text = ended.slice(statement.start!, statement.end!);
    const comment = comments?.find(
      ({ start, loc }) => start! >= statement.end! && loc?.start.line === statement.loc?.end.line,
    );
    const marker = /^\s*(→|throws)\s+([\s\S]+?)\s*$/.exec(comment?.value ?? "");
    if (!marker) return text;
    if (statement.type !== "ExpressionStatement") throw new Error(`No expression: ${text}`);
    const expression = text.replace(/;$/, "");
    promises.push({ expression, promise: marker[1] as "→", expected: marker[2]! });
    const expected = marker[1] === "→" ? `(${marker[2]})` : "undefined";
    return `await $check(${promises.length - 1}, async () => (${expression}), () => ${expected});`;
  });
  return { program: parts.join("\n;"), promises };
}

async function complaintOf(
  { expression, promise, expected }: Promised,
  evaluate: () => unknown,
  expect: () => unknown,
): Promise<string | undefined> {
  let value: unknown;
  try {
    value = await evaluate();
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    if (promise === "throws" && name === expected) return undefined;
    return `${expression} throws ${String(error)}, not ${expected}`;
  }
  if (promise === "throws") return `${expression} throws nothing, but should throw ${expected}`;
  const difference = agree(value, expect());
  return difference && `${expression} gives ${difference}`;
}
