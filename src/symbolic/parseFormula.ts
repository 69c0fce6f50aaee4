import {
  type Condition,
  call,
  difference,
  type Expression,
  extreme,
  type FunctionName,
  functionNames,
  name,
  negative,
  number,
  one,
  power,
  product,
  quotient,
  type Relation,
  square,
  substitute,
  sum,
  total,
} from "./Expression.ts";
import { FormulaError } from "./FormulaError.ts";
import { nearest } from "./nearest.ts";

/**
 * Reads a formula in the syntax of mathjs: `+ − * / ^`, `exp log abs max min …`, and
 * `condition ? a : b`.
 *
 * @param names The names that the formula may use; left out, every name is allowed.
 * @throws FormulaError with the position, and the nearest name for one that is not known
 */
export function parseFormula(text: string, names?: readonly string[]): Expression {
  const reader = readerOf(text, names);
  const e = conditional(reader);
  const rest = reader.peek();
  if (rest.text !== "") throw reader.error(`"${rest.text}" does not belong here`, rest.at);
  return e;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Reader {
  peek(): Token;
  next(): Token;
  /** Takes the next token if it is one of these. */
  take(...texts: readonly string[]): Token | undefined;
  expect(text: string): void;
  /** Reads what a map does to each component. */
  within(read: () => Expression): Expression;
  isWithin(): boolean;
  error(message: string, at: number): FormulaError;
  readonly names: readonly string[] | undefined;
}

const tokenPattern =
  /\s*(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|\.[*^/]|<=|>=|==|!=|[-−+*/^()?:,<>·=[\]]|$)/uy;

function readerOf(text: string, names: readonly string[] | undefined): Reader {
  const tokens = tokensOf(text);
  let i = 0;
  let isWithin = false;
  const error = (message: string, at: number) =>
    fromCaller(
      new FormulaError(`${message}, at position ${at}:\n  ${text}\n  ${" ".repeat(at)}^`, at),
    );
  const reader: Reader = {
    names,
    error,
    peek: () => tokens[i]!,
    next: () => tokens[Math.min(i++, tokens.length - 1)]!,
    isWithin: () => isWithin,
    within(read) {
      isWithin = true;
      const e = read();
      isWithin = false;
      return e;
    },
    take: (...texts) => (texts.includes(tokens[i]!.text) ? tokens[i++] : undefined),
    expect(text) {
      const found = reader.peek();
      if (!reader.take(text))
        throw error(`Expected "${text}"${found.text && `, but found "${found.text}"`}`, found.at);
    },
  };
  return reader;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (;;) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) {
      const at = from + text.slice(from).search(/\S/);
      throw new FormulaError(
        `"${text[at]}" cannot stand in a formula, at position ${at}:\n  ${text}\n  ${" ".repeat(at)}^`,
        at,
      );
    }
    const token = match[1]!;
    tokens.push({ text: token, at: tokenPattern.lastIndex - token.length });
    if (token === "") return tokens;
  }
}

/**
 * An engine keeps ten calls of a trace, and a parser's own are as many: without them the line that
 * gave the formula is still among the ten.
 */
function fromCaller(error: FormulaError): FormulaError {
  // Not every engine has it, and the types of the language do not know it.
  const cut: unknown = Reflect.get(Error, "captureStackTrace");
  if (typeof cut === "function") cut(error, parseFormula);
  return error;
}

/** condition ? a : b */
function conditional(reader: Reader): Expression {
  const left = additive(reader);
  const relation = reader.take("<", "<=", ">", ">=", "==", "!=");
  if (!relation) return left;
  const where: Condition = { left, relation: relation.text as Relation, right: additive(reader) };
  reader.expect("?");
  const value = conditional(reader);
  reader.expect(":");
  const otherwise = conditional(reader);
  return otherwise.kind === "pieces"
    ? { ...otherwise, pieces: [{ where, value }, ...otherwise.pieces] }
    : { kind: "pieces", pieces: [{ where, value }], otherwise };
}

/** Reads a comparison such as `abs(r) <= delta`. */
export function parseCondition(text: string, names?: readonly string[]): Condition {
  const e = parseFormula(`${text} ? 1 : 0`, names);
  if (e.kind !== "pieces") throw new FormulaError(`"${text}" is not a comparison`, 0);
  return e.pieces[0]!.where;
}

function additive(reader: Reader): Expression {
  let e = multiplicative(reader);
  for (;;) {
    if (reader.take("+")) e = sum(e, multiplicative(reader));
    else if (reader.take("-", "−")) e = difference(e, multiplicative(reader));
    else return e;
  }
}

function multiplicative(reader: Reader): Expression {
  let e = unary(reader);
  for (;;) {
    if (reader.take("*", "·", ".*")) e = product(e, unary(reader));
    else if (reader.take("/", "./")) e = quotient(e, unary(reader));
    else if (startsFactor(reader.peek())) e = product(e, powers(reader));
    else return e;
  }
}

/** 2 x and 3 (a + b) are products without a sign. */
const startsFactor = ({ text }: Token) => /^[\p{L}_(\d.]/u.test(text);

function unary(reader: Reader): Expression {
  if (reader.take("-", "−")) return negative(unary(reader));
  if (reader.take("+")) return unary(reader);
  return powers(reader);
}

function powers(reader: Reader): Expression {
  const base = primary(reader);
  return reader.take("^", ".^") ? power(base, unary(reader)) : base;
}

function primary(reader: Reader): Expression {
  const token = reader.next();
  if (/^[\d.]/.test(token.text)) return number(Number(token.text));
  if (token.text === "(") {
    const e = conditional(reader);
    reader.expect(")");
    return e;
  }
  if (!/^[\p{L}_]/u.test(token.text))
    throw reader.error(
      token.text
        ? `A number, a name or "(" is expected, not "${token.text}"`
        : "The formula ends too early",
      token.at,
    );
  if (reader.take("[")) return component(reader, token);
  if (token.text === "map" || token.text === "subset") return overRow(reader, token);
  return reader.peek().text === "(" && isFunction(token.text, reader.names)
    ? application(reader, token)
    : variable(reader, token);
}

/** z[2]: one component, a name of its own. */
function component(reader: Reader, { text }: Token): Expression {
  const index = reader.next();
  reader.expect("]");
  return name(`${text}_${index.text}`);
}

/**
 * The two ways in which mathjs speaks of components: `map(t, f(q) = log(q))` does the same to each,
 * and `subset(z, index(y + 1))` takes that of the label, which is Σ t·z with t = 1 there and 0 elsewhere.
 */
function overRow(reader: Reader, token: Token): Expression {
  if (token.text === "map" && reader.isWithin())
    throw reader.error(
      "A map within a map runs over pairs of components, which cannot be derived",
      token.at,
    );
  reader.expect("(");
  const row = conditional(reader);
  reader.expect(",");
  const next = reader.next();
  if (token.text === "subset" && next.text === "index") {
    reader.expect("(");
    conditional(reader);
    reader.expect(")");
    reader.expect(")");
    return total(product(name("t"), row));
  }
  reader.expect("(");
  const letter = reader.next();
  const index = reader.take(",") && reader.next();
  reader.expect(")");
  reader.expect("=");
  const body = index ? butForLabel(reader, index) : reader.within(() => conditional(reader));
  reader.expect(")");
  return substitute(body, { [letter.text]: row });
}

/** `i[1] == y + 1 ? a : b`: one value for the class of the label, where t is 1, another for the rest. */
function butForLabel(reader: Reader, { text }: Token): Expression {
  for (const part of [text, "[", "1", "]", "==", "y", "+", "1", "?"]) reader.expect(part);
  const value = conditional(reader);
  reader.expect(":");
  const where: Condition = { left: name("t"), relation: "==", right: one };
  return { kind: "pieces", pieces: [{ where, value }], otherwise: conditional(reader) };
}

const isFunction = (text: string, names: readonly string[] | undefined) => !names?.includes(text);

function application(reader: Reader, token: Token): Expression {
  reader.expect("(");
  const ofRow = token.text === "max" && reader.peek().text === "map";
  const given = [conditional(reader)];
  while (reader.take(",")) given.push(conditional(reader));
  reader.expect(")");
  if (ofRow) return total(product(name(winner), given[0]!));
  if (token.text === "size") return classCount(reader);
  const build = builders[token.text];
  if (!build)
    throw reader.error(
      `There is no function ${token.text}${nearest(token.text, Object.keys(builders))}`,
      token.at,
    );
  if (given.length > 1 && token.text !== "max" && token.text !== "min")
    throw reader.error(
      `${token.text} takes one argument, but ${given.length} were given`,
      token.at,
    );
  return build(...given);
}

/**
 * The row that is 1 at the largest component and 0 elsewhere: with it, the maximum over a row is a sum,
 * and its derivative that of the winner.
 */
export const winner = "w";

/** `size(z)[1]`, how many components there are. */
function classCount(reader: Reader): Expression {
  for (const part of ["[", "1", "]"]) reader.expect(part);
  return name("C");
}

type Build = (...given: Expression[]) => Expression;

const plain = Object.fromEntries(
  functionNames.map((name: FunctionName) => [name, (u: Expression) => call(name, u)]),
) as Record<string, Build>;

const builders: Readonly<Record<string, Build>> = {
  ...plain,
  max: (...of) => extreme("max", of),
  min: (...of) => extreme("min", of),
  ln: (u) => call("log", u!),
  log10: (u) => quotient(call("log", u!), number(Math.LN10)),
  log2: (u) => quotient(call("log", u!), number(Math.LN2)),
  log1p: (u) => call("log", sum(one, u!)),
  expm1: (u) => difference(call("exp", u!), one),
  square: (u) => square(u!),
  cube: (u) => power(u!, number(3)),
  sum: (u) => total(u!),
  relu: (u) => extreme("max", [u!, number(0)]),
  tan: (u) => quotient(call("sin", u!), call("cos", u!)),
};

const constants: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

function variable(reader: Reader, { text, at }: Token): Expression {
  if (reader.names?.includes(text)) return name(text);
  const constant = constants[text];
  if (constant !== undefined) return number(constant);
  if (!reader.names) return name(text);
  throw reader.error(`There is no ${text} here${nearest(text, reader.names)}`, at);
}
