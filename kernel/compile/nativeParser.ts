import type * as t from "@babel/types";
import { type NativeNode, plainTree } from "./nativeTree.ts";

type Parse = typeof import("oxc-parser").parseSync;

let parse: Parse | undefined;

/**
 * Loads the native parser, which reads a cell of thirty lines in a third of the time that the one in JavaScript
 * takes before V8 has optimised it, and leaves V8 nothing to optimise. Where there is none for a machine,
 * the other one reads everything.
 */
export async function loadNativeParser(): Promise<void> {
  try {
    parse = (await import("oxc-parser")).parseSync;
  } catch {
    parse = undefined;
  }
}

/**
 * A native parser that runs out of stack ends the process. Each level of nesting takes one token at the least and
 * two kilobytes of stack at the most (measured over 35 kinds of nesting), so a text of so few tokens fits
 * into a half of the smallest stack that a main thread or a worker has.
 */
const fewTokens = process.platform === "win32" ? 200 : 1000;

const token = /[\p{ID_Continue}$]+|[^\s\p{ID_Continue}$]/gu;

const isShort = (source: string): boolean =>
  source.length <= fewTokens || (source.match(token)?.length ?? 0) <= fewTokens;

const how = {
  lang: "ts",
  sourceType: "module",
  showSemanticErrors: true,
} as const;

/** The syntax of a short text without mistakes and rare things in it; undefined where the other parser must look. */
export function parseShort(source: string): t.Program | undefined {
  if (!parse || !isShort(source)) return undefined;
  const { program, errors } = parse("cell.ts", source, how);
  return errors.length > 0 ? undefined : plainTree(program as unknown as NativeNode);
}
