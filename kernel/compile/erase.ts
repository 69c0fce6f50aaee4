import type * as t from "@babel/types";
import { type Edits, hasBreak } from "./Edits.ts";
import { eraseClass, eraseMember } from "./eraseClass.ts";
import { signAfter } from "./places.ts";
import { children, endOf, isFunction, startOf } from "./walk.ts";

/** Syntax that needs more than leaving out: `what` says which. */
export class NeedsLowering extends Error {
  readonly what: string;
  constructor(what: string) {
    super(`${what} must be lowered before the cell can run`);
    this.what = what;
  }
}

type Rule<Type extends t.Node["type"]> = (
  node: Extract<t.Node, { type: Type }>,
  edits: Edits,
) => void;

/**
 * Blanks all types below a piece of syntax; the rest keeps its place.
 * @throws {NeedsLowering} at the first enum, namespace with values, parameter property or decorator.
 */
export function eraseTypes(node: t.Node, edits: Edits, parent?: t.Node): void {
  if (isOnlyType(node)) return edits.blankToSemicolon(startOf(node), endOf(node));
  if (isFunction(node)) eraseSignature(node, edits);
  const rule = rules[node.type] as Rule<t.Node["type"]> | undefined;
  if (rule) rule(node as never, edits);
  for (const child of children(node)) if (!isTypeSyntax(child)) eraseTypes(child, edits, node);
  if (isOpenEnded(node, parent) && endsInType(node, edits)) edits.end(endOf(node));
}

/** A statement that exists for the type checker only. */
export function isOnlyType(node: t.Node): boolean {
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSNamespaceExportDeclaration":
      return true;
    case "TSModuleDeclaration":
      return node.declare === true || !hasValues(node);
    case "VariableDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "FunctionDeclaration":
      return node.declare === true;
    case "ExportNamedDeclaration":
      return node.exportKind === "type" || (!!node.declaration && isOnlyType(node.declaration));
    case "ExportAllDeclaration":
      return node.exportKind === "type";
    case "ExportDefaultDeclaration":
      return isOnlyType(node.declaration);
    default:
      return false;
  }
}

function hasValues({ body }: t.TSModuleDeclaration): boolean {
  if (body.type === "TSModuleDeclaration") return hasValues(body);
  return body.body.some((statement) => !isOnlyType(statement));
}

const wrappers = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

/** Types proper, which their owners blank; expressions with a type around them are not among them. */
const isTypeSyntax = (node: t.Node): boolean =>
  node.type.startsWith("TS") &&
  !wrappers.has(node.type) &&
  !(node.type in rules) &&
  !isOnlyType(node) &&
  node.type !== "TSDeclareMethod" &&
  node.type !== "TSIndexSignature";

const lower =
  (what: string) =>
  (_node: t.Node, _edits: Edits): void => {
    throw new NeedsLowering(what);
  };

const rules: { readonly [Type in t.Node["type"]]?: Rule<Type> } = {
  TSEnumDeclaration: lower("enum"),
  TSModuleDeclaration: lower("namespace"),
  TSParameterProperty: lower("parameter property"),
  TSImportEqualsDeclaration: lower("import ="),
  // In a module of ECMAScript the one thing that a file exports is its default.
  TSExportAssignment: ({ start }, edits) =>
    edits.replace(start!, signAfter(edits.source, start!, "=") + 1, "export default "),
  Decorator: lower("decorator"),
  ClassAccessorProperty: lower("accessor"),
  Identifier: (node, edits) => {
    // The name is followed by `?` and the type, up to the end of the node.
    if (node.typeAnnotation || node.optional) {
      edits.blank(startOf(node) + node.name.length, endOf(node));
    }
  },
  ObjectPattern: eraseAnnotation,
  ArrayPattern: eraseAnnotation,
  RestElement: eraseAnnotation,
  AssignmentPattern: eraseAnnotation,
  VariableDeclarator: ({ id, definite }, edits) => {
    if (!definite || id.type !== "Identifier") return;
    edits.blank(startOf(id) + id.name.length, endOf(id.typeAnnotation ?? id));
  },
  CallExpression: eraseArguments,
  OptionalCallExpression: eraseArguments,
  NewExpression: eraseArguments,
  TaggedTemplateExpression: eraseArguments,
  TSInstantiationExpression: eraseArguments,
  TSAsExpression: eraseTail,
  TSSatisfiesExpression: eraseTail,
  TSNonNullExpression: (node, edits) => edits.blank(endOf(node) - 1, endOf(node)),
  TSTypeAssertion: (node, edits) => {
    const after = signAfter(edits.source, endOf(node.typeAnnotation), ">") + 1;
    const gap = edits.source.slice(startOf(node), startOf(node.expression));
    if (node.expression.type !== "ObjectExpression" && !hasBreak(gap)) {
      return edits.blank(startOf(node), after);
    }
    // Without the type, `{ a: 1 }` behind an arrow would be a block, and `return` alone on its line give nothing.
    edits.replace(startOf(node), after, "(".padEnd(after - startOf(node)));
    edits.close(endOf(node), ")");
  },
  ClassDeclaration: eraseClass,
  ClassExpression: eraseClass,
  ClassMethod: eraseMember,
  ClassPrivateMethod: eraseMember,
  ClassProperty: eraseMember,
  ClassPrivateProperty: eraseMember,
  TSDeclareMethod: (node, edits) => edits.blankToSemicolon(startOf(node), endOf(node)),
  TSIndexSignature: (node, edits) => edits.blankToSemicolon(startOf(node), endOf(node)),
};

function eraseAnnotation(
  node: t.ObjectPattern | t.ArrayPattern | t.RestElement | t.AssignmentPattern,
  edits: Edits,
): void {
  const type = node.typeAnnotation;
  if (type) edits.blank(startOf(type), endOf(type));
  // `({ a }?: Options)` has its question mark between the pattern and the type.
  if ((node as t.ObjectPattern & { optional?: boolean }).optional) {
    const mark = signAfter(edits.source, closeOfPattern(node, edits.source), "?");
    edits.blank(mark, mark + 1);
  }
}

/** Where the bracket of a pattern closes. */
function closeOfPattern(node: t.Node, source: string): number {
  const list = node.type === "ArrayPattern";
  const parts = list ? node.elements : node.type === "ObjectPattern" ? node.properties : [];
  const last = parts.findLast((part) => part !== null);
  return signAfter(source, last ? endOf(last) : startOf(node), list ? "]" : "}");
}

function eraseArguments(
  node:
    | t.CallExpression
    | t.OptionalCallExpression
    | t.NewExpression
    | t.TaggedTemplateExpression
    | t.TSInstantiationExpression,
  edits: Edits,
): void {
  const types = node.typeParameters;
  if (types) edits.blank(startOf(types), endOf(types));
}

/** `value as Type`: everything behind the value goes, with the parentheses around the value kept. */
function eraseTail(node: t.TSAsExpression | t.TSSatisfiesExpression, edits: Edits): void {
  const keyword = node.type === "TSAsExpression" ? "as" : "satisfies";
  edits.blank(signAfter(edits.source, endOf(node.expression), keyword), endOf(node));
}

function eraseSignature(node: t.Function, edits: Edits): void {
  const { typeParameters, returnType } = node;
  if (typeParameters) eraseParameters(node, typeParameters, edits);
  const [first, second] = node.params;
  if (first?.type === "Identifier" && first.name === "this") {
    edits.blank(
      startOf(first),
      signAfter(edits.source, endOf(first), second ? "," : ")") + Number(!!second),
    );
  }
  if (!returnType) return;
  const close = node.type === "ArrowFunctionExpression" ? closeOf(node, edits.source) : undefined;
  if (close === undefined || !hasBreak(edits.source.slice(close, endOf(returnType)))) {
    return edits.blank(startOf(returnType), endOf(returnType));
  }
  // No line may end between `)` and `=>`: the parenthesis moves to where the type ended.
  edits.blank(close, endOf(returnType) - 1);
  edits.replace(endOf(returnType) - 1, endOf(returnType), ")");
}

/** Where the parameters of an arrow function end that says what it returns. */
function closeOf(
  { params, typeParameters, start }: t.ArrowFunctionExpression,
  source: string,
): number {
  const last = params.at(-1);
  if (last) return signAfter(source, endOf(last), ")");
  const open = signAfter(source, typeParameters?.end ?? start!, "(");
  return signAfter(source, open, ")");
}

function eraseParameters(node: t.Function, types: t.Node, edits: Edits): void {
  const open = signAfter(edits.source, endOf(types), "(");
  const text = edits.source.slice(startOf(types), open);
  if (node.type !== "ArrowFunctionExpression" || !node.async || !hasBreak(text)) {
    return edits.blank(startOf(types), endOf(types));
  }
  // No line may end between `async` and `(`: the parenthesis moves to where the type parameters began.
  edits.replace(startOf(types), startOf(types) + 1, "(");
  edits.blank(startOf(types) + 1, open + 1);
}

/** Whether what ends here may end without a semicolon, so that the next line could go on with it. */
function isOpenEnded(node: t.Node, parent: t.Node | undefined): boolean {
  switch (node.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
    case "ThrowStatement":
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ExportDefaultDeclaration":
      return true;
    case "VariableDeclaration":
      return !parent?.type.startsWith("For");
    default:
      return false;
  }
}

/** Whether a type stood last in this statement, whose end it carried. */
const endsInType = (node: t.Node, edits: Edits): boolean =>
  edits.source[endOf(node) - 1] !== ";" && edits.endsAt(endOf(node));
