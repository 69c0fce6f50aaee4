import type * as t from "@babel/types";
import { constant, nameOf } from "./constant.ts";
import type { Edits } from "./Edits.ts";
import { freeReferences } from "./scopes.ts";
import { children, endOf, startOf } from "./walk.ts";

/** Keeps a value where no answer reaches it; gives the word that stands for it in the code. */
export type Keep = (value: unknown) => string;

/**
 * Takes what a test says about itself out of its code: the names of its tests, and what is expected where that
 * is written in literals. Only a word for each goes to the process of the answers. As
 * `graded(1, (near) => ({ "half of 5": () => near(half(5), 2.5) }))` says it, both are known before anything runs.
 */
export function keepAside(program: t.Program, edits: Edits, keep: Keep): void {
  const replace = (node: t.Node, value: unknown) =>
    edits.replace(startOf(node), endOf(node), JSON.stringify(keep(value)));
  const imported = callsOf(importedAs(program, "near"), program.body);
  const grading = callsOf(importedAs(program, "graded"), program.body);
  const tests = grading.map(({ arguments: [, given] }) => given);
  const handed = tests.flatMap((given) => (isPlainFunction(given) ? callsOfFirst(given) : []));
  for (const {
    arguments: [, expected],
  } of [...imported, ...handed]) {
    const known = expected && constant(expected);
    if (known) replace(expected, known.value);
  }
  for (const property of tests.flatMap(propertiesOf)) {
    const name = nameOf(property);
    if (name !== undefined) replace(property.key, name);
  }
}

type PlainFunction = t.ArrowFunctionExpression | t.FunctionExpression;

const isPlainFunction = (node: t.Node | undefined): node is PlainFunction =>
  node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";

/** By what name a cell calls something of this package. */
function importedAs({ body }: t.Program, name: string): string | undefined {
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration" || statement.source.value !== "downhill") continue;
    for (const one of statement.specifiers)
      if (
        one.type === "ImportSpecifier" &&
        one.imported.type === "Identifier" &&
        one.imported.name === name
      )
        return one.local.name;
  }
  return undefined;
}

/** The calls of a function's first parameter in it. */
function callsOfFirst({ params: [first], body }: PlainFunction): t.CallExpression[] {
  return first?.type === "Identifier"
    ? callsOf(first.name, body.type === "BlockStatement" ? body.body : [body])
    : [];
}

/** Calls by a name that means the same in all of these statements; none if it does not. */
function callsOf(name: string | undefined, nodes: readonly t.Node[]): t.CallExpression[] {
  if (name === undefined) return [];
  const references = freeReferences({ body: nodes } as t.Program).filter(
    (reference) => reference.name === name,
  );
  if (references.some(({ use }) => use !== "read")) return [];
  const own = new Set<t.Node>(references.map(({ node }) => node));
  return nodes.flatMap(callsIn).filter(({ callee }) => own.has(callee));
}

const callsIn = (node: t.Node): t.CallExpression[] => [
  ...(node.type === "CallExpression" ? [node] : []),
  ...children(node).flatMap(callsIn),
];

/** The tests that stand in an object, or in the one that a function gives. */
function propertiesOf(node: t.Node | null | undefined): (t.ObjectProperty | t.ObjectMethod)[] {
  if (isPlainFunction(node as t.Node)) return propertiesOf(givenBy(node as PlainFunction));
  if (node?.type !== "ObjectExpression") return [];
  return node.properties.filter((property) => property.type !== "SpreadElement");
}

function givenBy({ body }: PlainFunction): t.Node | null | undefined {
  if (body.type !== "BlockStatement") return body;
  const last = body.body.at(-1);
  return last?.type === "ReturnStatement" ? last.argument : undefined;
}
