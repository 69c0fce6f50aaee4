import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { type Names, variableFor } from "./Names.ts";
import type { Reference } from "./scopes.ts";
import { children, endOf, startOf } from "./walk.ts";

/**
 * Gives each loop of pure arithmetic a fast twin: a copy that holds the session's numbers in variables of
 * its own, which Node 20 and 22 compute with two to four times as fast as with variables that closures can see.
 * The twin runs only while all of them are numbers; then nothing that it does can call foreign code,
 * so nobody can watch; a debugger could, and the twin rests while there is one. Every 1024 turns it writes
 * the numbers back, for the case that it is interrupted.
 */
export function rewriteNumericLoops(
  program: t.Program,
  references: readonly Reference[],
  names: Names,
  edits: Edits,
): void {
  const words = [...edits.source.matchAll(/\b(?:for|while)\b/g)].map(({ index }) => index);
  if (words.length === 0) return;
  const free = new Map<t.Node, Reference>(references.map((one) => [one.node, one]));
  const visit = (node: t.Node): void => {
    if (!words.some((word) => word >= startOf(node) && word < endOf(node))) return;
    const twin = isLoop(node) && isArithmetic(node) ? twinOf(node, free, names) : undefined;
    if (twin) edits.open(startOf(node), `${twin}else `);
    else for (const child of children(node)) visit(child);
  };
  for (const statement of program.body) visit(statement);
}

type Loop = t.ForStatement | t.WhileStatement | t.DoWhileStatement;

const isLoop = (node: t.Node): node is Loop =>
  node.type === "ForStatement" ||
  node.type === "WhileStatement" ||
  node.type === "DoWhileStatement";

/** Pieces of syntax that are arithmetic if their parts are. */
const arithmetic: ReadonlySet<string> = new Set(
  `ForStatement WhileStatement DoWhileStatement BlockStatement IfStatement VariableDeclaration VariableDeclarator
  ExpressionStatement EmptyStatement BreakStatement ContinueStatement NumericLiteral BooleanLiteral Identifier
  TSAsExpression TSSatisfiesExpression TSNonNullExpression ParenthesizedExpression UnaryExpression BinaryExpression
  LogicalExpression ConditionalExpression AssignmentExpression UpdateExpression SequenceExpression`.split(
    /\s+/,
  ),
);

/** Most loops call something, which is soon seen. What else stands against a twin shows when one is made. */
const isArithmetic = (node: t.Node): boolean =>
  arithmetic.has(node.type) ? children(node).every(isArithmetic) : node.type.startsWith("TS");

/** Thrown and caught here: a loop that does more than arithmetic has no twin. A new one each time would cost a stack trace. */
const moreThanArithmetic = new Error("This loop does more than arithmetic.");

function twinOf(
  loop: Loop,
  free: ReadonlyMap<t.Node, Reference>,
  names: Names,
): string | undefined {
  const twin: Twin = { free, names, locals: new Map(), used: new Map() };
  try {
    const text = statement(loop, twin);
    if (twin.used.size === 0) return undefined;
    return withNumbers(text, twin.used);
  } catch (error) {
    if (error === moreThanArithmetic) return undefined;
    throw error;
  }
}

/** The twin in the making. */
interface Twin {
  readonly free: ReadonlyMap<t.Node, Reference>;
  readonly names: Names;
  /** What the loop declares itself, and whether it may be assigned. */
  readonly locals: Map<string, "let" | "const">;
  /** The session's variables in it, and whether it writes them. */
  readonly used: Map<string, boolean>;
}

const held = (variable: string): string => `${variable}$held`;

function withNumbers(text: string, used: ReadonlyMap<string, boolean>): string {
  const variables = [...used.keys()];
  const numbers = variables.map((variable) => `typeof ${variable}==="number"`).join("&&");
  const holds = variables.map((variable) => `${held(variable)}=${variable}`).join(",");
  const back = variables.filter((variable) => used.get(variable));
  const writes = back.map((variable) => `${variable}=${held(variable)};`).join("");
  const turn = back.length > 0 ? `if((++$turns&1023)===0){${writes}}` : "";
  return `if($cell.pace.fast&&${numbers}){let $turns=0,${holds};${text.replaceAll(turnMark, turn)}${writes}}`;
}

/** Stands where each turn of a loop begins, until all variables that it writes are known. */
const turnMark = "\0";

function statement(node: t.Statement | t.Expression, twin: Twin): string {
  switch (node.type) {
    case "ForStatement": {
      const head = node.init ? statement(node.init, twin).replace(/;$/, "") : "";
      const test = node.test ? expression(node.test, twin) : "";
      const update = node.update ? expression(node.update, twin) : "";
      return `for(${head};${test};${update})${turns(node.body, twin)}`;
    }
    case "WhileStatement":
      return `while(${expression(node.test, twin)})${turns(node.body, twin)}`;
    case "DoWhileStatement":
      return `do${turns(node.body, twin)}while(${expression(node.test, twin)});`;
    case "BlockStatement":
      return `{${node.body.map((inner) => statement(inner, twin)).join("")}}`;
    case "IfStatement": {
      const otherwise = node.alternate ? `else{${statement(node.alternate, twin)}}` : "";
      const test = expression(node.test, twin);
      return `if(${test}){${statement(node.consequent, twin)}}${otherwise}`;
    }
    case "VariableDeclaration":
      return declaration(node, twin);
    case "ExpressionStatement":
      return `${expression(node.expression, twin)};`;
    case "BreakStatement":
      return jump("break", node);
    case "ContinueStatement":
      return jump("continue", node);
    case "EmptyStatement":
      return ";";
    default:
      return `${expression(node, twin)};`;
  }
}

function jump(word: string, { label }: t.BreakStatement | t.ContinueStatement): string {
  if (label) throw moreThanArithmetic;
  return `${word};`;
}

const turns = (body: t.Statement, twin: Twin): string => `{${turnMark}${statement(body, twin)}}`;

function declaration({ kind, declarations }: t.VariableDeclaration, twin: Twin): string {
  if (kind !== "let" && kind !== "const") throw moreThanArithmetic;
  const parts = declarations.map(({ id, init }) => {
    if (id.type !== "Identifier") throw moreThanArithmetic;
    const value = init ? `=${expression(init, twin)}` : "";
    twin.locals.set(id.name, kind);
    return id.name + value;
  });
  return `${kind} ${parts.join(",")};`;
}

function expression(node: t.Node, twin: Twin): string {
  switch (node.type) {
    case "NumericLiteral":
    case "BooleanLiteral":
      return String(node.value);
    case "Identifier":
      return variable(node, twin);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return expression(node.expression, twin);
    case "UnaryExpression":
      if (!/^[-+!~]$/.test(node.operator)) throw moreThanArithmetic;
      return `(${node.operator} ${expression(node.argument, twin)})`;
    case "BinaryExpression":
      if (/in|\|>/.test(node.operator)) throw moreThanArithmetic;
      return infix(node.left, node.operator, node.right, twin);
    case "LogicalExpression":
      return infix(node.left, node.operator, node.right, twin);
    case "ConditionalExpression":
      return `(${expression(node.test, twin)}?${expression(node.consequent, twin)}:${expression(node.alternate, twin)})`;
    case "AssignmentExpression":
      return infix(assigned(node.left, twin), node.operator, node.right, twin);
    case "UpdateExpression":
      return update(node, twin);
    case "SequenceExpression":
      return `(${node.expressions.map((one) => expression(one, twin)).join(",")})`;
    default:
      throw moreThanArithmetic;
  }
}

const infix = (left: t.Node, operator: string, right: t.Node, twin: Twin): string =>
  `(${expression(left, twin)} ${operator} ${expression(right, twin)})`;

function update({ argument, operator, prefix }: t.UpdateExpression, twin: Twin): string {
  const target = expression(assigned(argument, twin), twin);
  return prefix ? `(${operator}${target})` : `(${target}${operator})`;
}

/** The variable that an assignment changes, noted as one to be written back. */
function assigned(node: t.Node, twin: Twin): t.Identifier {
  if (node.type !== "Identifier") throw moreThanArithmetic;
  if (!twin.free.has(node)) {
    if (twin.locals.get(node.name) !== "let") throw moreThanArithmetic;
    return node;
  }
  const kind = twin.names.get(node.name);
  if (kind !== "let" && kind !== "var") throw moreThanArithmetic;
  twin.used.set(variableFor(node.name), true);
  return node;
}

function variable(node: t.Identifier, { free, names, locals, used }: Twin): string {
  const { name } = node;
  if (!free.has(node)) {
    // What a function around the loop declares could be anything.
    if (!locals.has(name)) throw moreThanArithmetic;
    return name;
  }
  if (!names.has(name)) throw moreThanArithmetic;
  const session = variableFor(name);
  if (!used.has(session)) used.set(session, false);
  return held(session);
}
