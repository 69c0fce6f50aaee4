import type * as t from "@babel/types";
import { children, isFunction, isUsing, namesIn } from "./walk.ts";

/** A name in the cell that no function or block of the cell itself declares. */
export interface Reference {
  readonly name: string;
  readonly node: t.Identifier;
  readonly use: "read" | "write" | "declare";
  /** In `{ name }` one word is both key and value. */
  readonly shorthand: boolean;
  /** The `??=`, `||=` or `&&=` that writes it only if what it holds asks for that. */
  readonly asking?: t.AssignmentExpression;
}

type Use = Reference["use"];
type Scopes = readonly ReadonlySet<string>[];

/** Every use of a name that means a variable of the session or a global; `own` are the cell's own variables. */
export function freeReferences(
  program: t.Program,
  own: ReadonlySet<string> = new Set(usingNames(program)),
): Reference[] {
  const references: Reference[] = [];
  const note: Visit["note"] = (node, use, scopes, { shorthand = false, asking } = {}) => {
    if (!scopes.some((scope) => scope.has(node.name))) {
      references.push({ name: node.name, node, use, shorthand, ...(asking && { asking }) });
    }
  };
  visitAll(program.body, { note, scopes: [own] });
  return references;
}

interface Visit {
  readonly note: (
    node: t.Identifier,
    use: Use,
    scopes: Scopes,
    how?: Partial<Pick<Reference, "shorthand" | "asking">>,
  ) => void;
  readonly scopes: Scopes;
}

/** `using` variables end with the cell, so they are the cell's own. */
export const usingNames = ({ body }: t.Program): string[] =>
  body.flatMap((statement) =>
    statement.type === "VariableDeclaration" && isUsing(statement)
      ? statement.declarations.flatMap(({ id }) => namesIn(id))
      : [],
  );

const visitAll = (nodes: readonly (t.Node | null | undefined)[], at: Visit): void => {
  for (const node of nodes) if (node) visit(node, at);
};

const within = (at: Visit, names: Iterable<string>): Visit => ({
  ...at,
  scopes: [...at.scopes, new Set(names)],
});

function visit(node: t.Node, at: Visit): void {
  if (isFunction(node)) return visitFunction(node, at);
  const special = visits[node.type] as ((node: t.Node, at: Visit) => void) | undefined;
  if (special) return special(node, at);
  // What is left of TypeScript's own syntax here is types, and they have no run-time names.
  if (node.type.startsWith("TS")) return;
  visitAll(children(node), at);
}

const inside = ({ expression }: { expression: t.Expression }, at: Visit): void =>
  visit(expression, at);

const nothing = (): void => undefined;

const visits: {
  readonly [Type in t.Node["type"]]?: (node: Extract<t.Node, { type: Type }>, at: Visit) => void;
} = {
  Identifier: (node, at) => at.note(node, "read", at.scopes),
  TSAsExpression: inside,
  TSSatisfiesExpression: inside,
  TSNonNullExpression: inside,
  TSTypeAssertion: inside,
  TSInstantiationExpression: inside,
  MemberExpression: visitMember,
  OptionalMemberExpression: visitMember,
  ObjectProperty: (node, at) => {
    if (node.computed) visit(node.key, at);
    if (node.shorthand && node.value.type === "Identifier") {
      at.note(node.value, "read", at.scopes, { shorthand: true });
    } else visit(node.value, at);
  },
  ClassProperty: visitField,
  ClassPrivateProperty: visitField,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  BlockStatement: (node, at) => visitAll(node.body, within(at, blockNames(node.body))),
  StaticBlock: (node, at) =>
    visitAll(node.body, within(at, [...blockNames(node.body), ...varNames(node.body)])),
  SwitchStatement: (node, at) => {
    visit(node.discriminant, at);
    const names = node.cases.flatMap(({ consequent }) => blockNames(consequent));
    visitAll(node.cases, within(at, names));
  },
  ForStatement: (node, at) =>
    visitAll([node.init, node.test, node.update, node.body], within(at, loopNames(node.init))),
  ForInStatement: visitForEach,
  ForOfStatement: visitForEach,
  CatchClause: (node, at) => {
    const inner = within(at, namesIn(node.param));
    if (node.param) visitPattern(node.param, "declare", inner);
    visit(node.body, inner);
  },
  VariableDeclaration: (node, at) => {
    for (const { id, init } of node.declarations) {
      visitPattern(id, "declare", at);
      if (init) visit(init, at);
    }
  },
  AssignmentExpression: (node, at) => {
    const target = withoutType(node.left);
    if (target.type !== "Identifier" || !/^(?:\?\?|\|\||&&)=$/.test(node.operator)) {
      visitPattern(target, "write", at);
    } else at.note(target, "write", at.scopes, { asking: node });
    visit(node.right, at);
  },
  UpdateExpression: (node, at) => visitPattern(node.argument, "write", at),
  LabeledStatement: (node, at) => visit(node.body, at),
  BreakStatement: nothing,
  ContinueStatement: nothing,
  MetaProperty: nothing,
  ImportDeclaration: nothing,
  ExportAllDeclaration: nothing,
  ExportNamedDeclaration: (node, at) => {
    if (node.declaration) return visit(node.declaration, at);
    if (node.source) return;
    for (const specifier of node.specifiers) {
      if (specifier.type === "ExportSpecifier") visit(specifier.local, at);
    }
  },
};

function visitMember(node: t.MemberExpression | t.OptionalMemberExpression, at: Visit): void {
  visit(node.object, at);
  if (node.computed) visit(node.property, at);
}

function visitField(node: t.ClassProperty | t.ClassPrivateProperty, at: Visit): void {
  if ("computed" in node && node.computed) visit(node.key, at);
  if (node.value) visit(node.value, at);
}

function visitClass(node: t.Class, at: Visit): void {
  visitAll(node.decorators ?? [], at);
  if (node.superClass) visit(node.superClass, at);
  visit(node.body, within(at, namesIn(node.id)));
}

function visitForEach(node: t.ForInStatement | t.ForOfStatement, at: Visit): void {
  const inner = within(at, loopNames(node.left));
  if (node.left.type === "VariableDeclaration") visit(node.left, inner);
  else visitPattern(node.left, "write", inner);
  visitAll([node.right, node.body], inner);
}

function visitFunction(node: t.Function, at: Visit): void {
  if (node.type === "ObjectMethod" || node.type === "ClassMethod") {
    if (node.computed) visit(node.key, at);
  }
  const own = node.type === "FunctionExpression" ? namesIn(node.id) : [];
  const parameters = node.params.flatMap(namesIn);
  const statements = node.body?.type === "BlockStatement" ? node.body.body : [];
  const names = [...own, ...parameters, ...varNames(statements), ...blockNames(statements)];
  // An arrow function has the `arguments` of the function around it.
  const inner = within(
    at,
    node.type === "ArrowFunctionExpression" ? names : [...names, "arguments"],
  );
  for (const parameter of node.params) visitPattern(parameter, "declare", inner);
  if (statements.length > 0) visitAll(statements, inner);
  else if (node.body) visit(node.body, inner);
}

function visitPattern(pattern: t.Node, use: Use, at: Visit, shorthand = false): void {
  switch (pattern.type) {
    case "Identifier":
      return at.note(pattern, use, at.scopes, { shorthand });
    case "ObjectPattern":
      for (const property of pattern.properties) visitProperty(property, use, at);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) visitPattern(element, use, at);
      return;
    case "AssignmentPattern":
      visitPattern(pattern.left, use, at, shorthand);
      return visit(pattern.right, at);
    case "RestElement":
      return visitPattern(pattern.argument, use, at);
    default: {
      const target = withoutType(pattern);
      return target === pattern ? visit(pattern, at) : visitPattern(target, use, at);
    }
  }
}

/** `x` in `x!` and `x as Type`, which are no names to assign to for JavaScript. */
function withoutType(node: t.Node): t.Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return withoutType(node.expression);
    default:
      return node;
  }
}

function visitProperty(property: t.ObjectProperty | t.RestElement, use: Use, at: Visit): void {
  if (property.type === "RestElement") return visitPattern(property.argument, use, at);
  if (property.computed) visit(property.key, at);
  visitPattern(property.value, use, at, property.shorthand);
}

const loopNames = (head: t.Node | null | undefined): string[] =>
  head?.type === "VariableDeclaration" && head.kind !== "var"
    ? head.declarations.flatMap(({ id }) => namesIn(id))
    : [];

/** What a block declares for itself: `let`, `const`, `using`, functions and classes. */
const blockNames = (statements: readonly t.Statement[]): string[] =>
  statements.flatMap((statement) => {
    if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") {
      return namesIn(statement.id);
    }
    return loopNames(statement);
  });

/** Whether a text can have a `var` in it. */
export const mayHaveVar = (source: string): boolean => /\bvar\b/.test(source);

/** What `var` declares anywhere in these statements, outside functions. */
export function varNames(nodes: readonly t.Node[]): string[] {
  return nodes.flatMap((node) => {
    if (isFunction(node) || node.type === "ClassBody" || node.type.startsWith("TS")) return [];
    const own =
      node.type === "VariableDeclaration" && node.kind === "var"
        ? node.declarations.flatMap(({ id }) => namesIn(id))
        : [];
    return [...own, ...varNames(children(node))];
  });
}
