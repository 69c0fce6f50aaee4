import type * as t from "@babel/types";
import { namesIn } from "./walk.ts";

/** A piece of syntax as the native parser gives it: ESTree, with TypeScript's own parts as typescript-eslint names them. */
export interface NativeNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/**
 * The same tree in the shape that the rest of the compiler reads, made in place; undefined where it holds what
 * only the other parser is asked for: what is rare, and what may be a mistake that this one does not know.
 */
export function plainTree(program: NativeNode): t.Program | undefined {
  const seen: Seen = { owned: [], variables: [], moduleParts: 0, types: false };
  try {
    const typed = adaptStatements(program.body as NativeNode[], seen);
    const tree = withDirectives(program) as unknown as t.Program;
    tree.extra = { typed };
    return isDoubtful(tree, seen) ? undefined : tree;
  } catch (error) {
    if (error === rare) return undefined;
    throw error;
  }
}

/** @returns the statements in which anything would have to be blanked. */
function adaptStatements(body: NativeNode[], seen: Seen): NativeNode[] {
  const typed: NativeNode[] = [];
  for (const [at, statement] of body.entries()) {
    seen.types = false;
    body[at] = typeOrAdapted(statement, seen);
    if (seen.types) typed.push(body[at]);
  }
  return typed;
}

/** What must be looked at once the whole tree is known. */
interface Seen {
  /** Names of functions, classes and imports, which nothing else may have. */
  readonly owned: string[];
  /** What declares variables. */
  readonly variables: NativeNode[];
  /** How many imports and exports there are. */
  moduleParts: number;
  /** Whether there is anything in the statement that would have to be blanked. */
  types: boolean;
}

type Rule = (node: NativeNode, seen: Seen) => NativeNode;

/** Whether a name may be declared twice, or an import or export stand inside of something. */
function isDoubtful({ body }: t.Program, { owned, variables, moduleParts }: Seen): boolean {
  if (body.filter(({ type }) => isModulePart.test(type)).length !== moduleParts) return true;
  if (owned.length === 0) return false;
  const names = new Set(owned);
  if (names.size < owned.length) return true;
  return variables.some(({ id }) => namesIn(id as t.Node).some((name) => names.has(name)));
}

const isModulePart = /^(?:Import|Export)/;

/** Thrown and caught here. A new one each time would cost a stack trace. */
const rare = new Error("This syntax is rare.");

const isRare = (): never => {
  throw rare;
};

const rareTypes =
  `TSEnumDeclaration TSModuleDeclaration TSParameterProperty TSImportEqualsDeclaration TSExportAssignment
  TSNamespaceExportDeclaration AccessorProperty TSAbstractAccessorProperty
  Decorator V8IntrinsicExpression`.split(/\s+/);

const isNode = (value: object): value is NativeNode =>
  typeof (value as NativeNode).type === "string";

function adapted(node: NativeNode, seen: Seen): NativeNode {
  for (const field in node) {
    const value = node[field];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) adaptAll(value, seen);
    else if (isNode(value)) node[field] = typeOrAdapted(value, seen);
  }
  const rule = rules[node.type];
  return rule === undefined ? node : rule(node, seen);
}

function adaptAll(values: unknown[], seen: Seen): void {
  for (const [at, value] of values.entries()) {
    if (typeof value === "object" && value !== null && isNode(value)) {
      values[at] = typeOrAdapted(value, seen);
    }
  }
}

/** Types are only ever blanked, so what they are made of stays as it is. */
function typeOrAdapted(node: NativeNode, seen: Seen): NativeNode {
  if (!node.type.startsWith("TS")) return adapted(node, seen);
  seen.types = true;
  return rules[node.type] === undefined ? node : adapted(node, seen);
}

const same = (node: NativeNode): NativeNode => node;

/** The parts of a node that the native tree keeps below it. */
function absorb(node: NativeNode, inner: NativeNode): void {
  for (const field of ["params", "body", "async", "generator", "typeParameters", "returnType"]) {
    node[field] = inner[field];
  }
}

const rules: Record<string, Rule | undefined> = {
  Literal: literal,
  Property: property,
  MethodDefinition: method,
  TSAbstractMethodDefinition: abstractly(method),
  PropertyDefinition: field,
  TSAbstractPropertyDefinition: abstractly(field),
  PrivateIdentifier: (node) => {
    const { start, end, name } = node;
    node.type = "PrivateName";
    node.id = { type: "Identifier", start: start + 1, end, name };
    node.name = undefined;
    return node;
  },
  ParenthesizedExpression: ({ expression, start }) => {
    const inner = expression as NativeNode;
    inner.extra = { parenthesized: true, parenStart: start };
    return inner;
  },
  ChainExpression: ({ expression }) => {
    markOptional(expression as NativeNode);
    return expression as NativeNode;
  },
  CallExpression: withArguments,
  NewExpression: withArguments,
  TaggedTemplateExpression: withArguments,
  TSInstantiationExpression: withArguments,
  ImportExpression: importCall,
  BlockStatement: withDirectives,
  FunctionDeclaration: (node, seen) => owning(functionOf(node, seen), seen),
  FunctionExpression: functionOf,
  ArrowFunctionExpression: functionOf,
  ClassDeclaration: (node, seen) => owning(classOf(node, seen), seen),
  ClassExpression: classOf,
  VariableDeclaration: (node, seen) => {
    seen.types ||= node.declare === true;
    return node;
  },
  VariableDeclarator: (node, seen) => {
    seen.variables.push(node);
    return node;
  },
  ObjectPattern: pattern,
  ArrayPattern: pattern,
  AssignmentExpression: (node) =>
    (node.left as NativeNode).type.startsWith("TS") ? isRare() : node,
  ImportDeclaration: importOf,
  ExportNamedDeclaration: modulePart,
  ExportDefaultDeclaration: modulePart,
  // `export * as name` is another thing in the other tree.
  ExportAllDeclaration: (node, seen) => (node.exported ? isRare() : modulePart(node, seen)),
  TSAsExpression: same,
  TSSatisfiesExpression: same,
  TSNonNullExpression: same,
  TSTypeAssertion: same,
  TSDeclareFunction: same,
  TSEmptyBodyFunctionExpression: same,
  // These are lowered, which reads the cell once more.
  ...Object.fromEntries(rareTypes.map((type) => [type, isRare])),
};

function literal(node: NativeNode): NativeNode {
  const { value } = node;
  if (typeof value === "number") node.type = "NumericLiteral";
  else if (typeof value === "string") node.type = "StringLiteral";
  else if (typeof value === "boolean") node.type = "BooleanLiteral";
  else if (node.regex) {
    node.type = "RegExpLiteral";
    Object.assign(node, node.regex);
  } else if (typeof node.bigint === "string") {
    node.type = "BigIntLiteral";
    node.value = (node.raw as string).slice(0, -1).replaceAll("_", "");
  } else node.type = "NullLiteral";
  return node;
}

function property(node: NativeNode): NativeNode {
  if (node.method !== true && node.kind === "init") {
    node.type = "ObjectProperty";
    return node;
  }
  node.type = "ObjectMethod";
  if (node.kind === "init") node.kind = "method";
  absorb(node, node.value as NativeNode);
  node.value = undefined;
  return node;
}

function method(node: NativeNode): NativeNode {
  const inner = node.value as NativeNode;
  const key = node.key as NativeNode;
  const secret = key.type === "PrivateName";
  node.type = inner.body ? (secret ? "ClassPrivateMethod" : "ClassMethod") : "TSDeclareMethod";
  absorb(node, inner);
  node.value = undefined;
  return node;
}

function field(node: NativeNode): NativeNode {
  const key = node.key as NativeNode;
  node.type = key.type === "PrivateName" ? "ClassPrivateProperty" : "ClassProperty";
  return node;
}

function abstractly(rule: (node: NativeNode) => NativeNode): Rule {
  return (node) => {
    node.abstract = true;
    return rule(node);
  };
}

function withArguments(node: NativeNode): NativeNode {
  node.typeParameters = node.typeArguments;
  node.typeArguments = undefined;
  return node;
}

/** Without a type in it, a function can still say to the type checker that a parameter may be left out. */
function functionOf(node: NativeNode, seen: Seen): NativeNode {
  const parameters = node.params as NativeNode[];
  seen.types ||= parameters.some(({ optional, name }) => optional === true || name === "this");
  return node;
}

/** The members of a class have many words for the type checker. */
function classOf(node: NativeNode, seen: Seen): NativeNode {
  seen.types = true;
  node.superTypeParameters = node.superTypeArguments;
  node.superTypeArguments = undefined;
  return node;
}

/** From its first `?.` on, outwards, a chain is made of optional members and calls. */
function markOptional(node: NativeNode): boolean {
  const inner = (node.object ?? node.callee ?? node.expression) as NativeNode | undefined;
  const chained =
    node.type === "MemberExpression" ||
    node.type === "CallExpression" ||
    node.type === "TSNonNullExpression";
  if (!chained || !inner) return false;
  const below = inner.extra === undefined && markOptional(inner);
  if (!below && node.optional !== true) return false;
  if (node.type !== "TSNonNullExpression") node.type = `Optional${node.type}`;
  return true;
}

function owning(node: NativeNode, { owned }: Seen): NativeNode {
  owned.push(...namesIn(node.id as t.Node | null));
  return node;
}

function pattern(node: NativeNode): NativeNode {
  return node.optional === true ? isRare() : node;
}

function modulePart(node: NativeNode, seen: Seen): NativeNode {
  seen.moduleParts++;
  seen.types ||= node.exportKind === "type";
  return node;
}

function importOf(node: NativeNode, seen: Seen): NativeNode {
  if (node.phase || (node.attributes as unknown[]).length > 0) return isRare();
  for (const { local } of node.specifiers as { local: t.Identifier }[]) seen.owned.push(local.name);
  return modulePart(node, seen);
}

function importCall(node: NativeNode): NativeNode {
  if (node.phase) return isRare();
  const { start, end, source, options } = node;
  const callee = { type: "Import", start, end: start + "import".length };
  return {
    type: "CallExpression",
    ...{ start, end, callee },
    arguments: options ? [source, options] : [source],
  };
}

/** `"use strict"` and its like stand beside the statements. */
function withDirectives(node: NativeNode): NativeNode {
  const body = node.body as NativeNode[];
  const count = body.findIndex(({ directive }) => typeof directive !== "string");
  const directives = body.splice(0, count < 0 ? body.length : count);
  node.directives = directives.map(({ start, end, expression }) => ({
    type: "Directive",
    ...{ start, end },
    value: { ...(expression as NativeNode), type: "DirectiveLiteral" },
  }));
  return node;
}
