import {
  type Condition,
  countOf,
  type Expression,
  isNumber,
  mapParts,
  name,
  namesIn,
  number,
  partsOf,
  power,
  product,
  substitute,
  sum,
  total,
} from "./Expression.ts";

/** How an expression is written: as text that can be read again, or as TeX. */
interface Style {
  number(value: number): string;
  name(name: string): string;
  call(name: string, inside: string): string;
  fraction(above: string, below: string): string;
  power(base: string, exponent: string): string;
  times(factors: readonly string[]): string;
  group(inside: string): string;
  pieces(pieces: readonly (readonly [value: string, where: string])[], otherwise: string): string;
  relation(relation: Condition["relation"]): string;
}

/** The formula as text, in the syntax that `parseFormula` reads. */
export const asText = (e: Expression) => write(e, textStyle, 0);

/**
 * The formula as TeX, as a textbook sets it. Rows get an index: k inside their sums, j outside.
 *
 * @param rows The names that are rows; default those that stand in a sum over components.
 */
export function asTeX(e: Expression, rows: readonly string[] = rowsIn(e)): string {
  const indexed = (part: Expression, index: string) =>
    substitute(part, Object.fromEntries(rows.map((row) => [row, name(`${row}_${index}`)])));
  const inside = mapParts(e, (part) =>
    part.kind === "total" ? total(indexed(part.of, "k")) : part,
  );
  return write(indexed(inside, "j"), texStyle, 0);
}

/** The names that stand in a sum over components. */
export function rowsIn(e: Expression): readonly string[] {
  const own = e.kind === "total" ? [...namesIn(e.of)] : [];
  return [...new Set([...own, ...partsOf(e).flatMap(rowsIn)])];
}

/** How tightly the place binds: 0 loose, 1 in a sum, 2 in a product, 3 under a power. */
type Tightness = 0 | 1 | 2 | 3;

function write(e: Expression, style: Style, tightness: Tightness): string {
  const grouped = (text: string, own: Tightness) => (own < tightness ? style.group(text) : text);
  switch (e.kind) {
    case "number":
      return grouped(style.number(e.value), e.value < 0 ? 1 : isWritten(e.value) ? 3 : 2);
    case "name":
      return style.name(e.name);
    case "sum":
      return grouped(writeSum(e.terms, style), commonFactor(e.terms) === 1 ? 0 : 2);
    case "product":
      return writeProduct(e, style, grouped);
    case "power":
      if (isNumber(e.exponent) && e.exponent.value < 0) return writeProduct(e, style, grouped);
      return grouped(style.power(write(e.base, style, 3), write(e.exponent, style, 0)), 2);
    case "call":
      return style.call(e.name, write(e.argument, style, 0));
    case "total":
      return style.call("sum", write(e.of, style, style === texStyle ? 2 : 0));
    case "extreme":
      return style.call(e.which, e.of.map((item) => write(item, style, 0)).join(", "));
    case "pieces":
      return grouped(writePieces(e, style), 0);
  }
}

const isWritten = (value: number) => Number.isInteger(value) || !fractionOf(value);

function writeSum(terms: readonly Expression[], style: Style): string {
  const common = commonFactor(terms);
  if (common !== 1) {
    const inside = sum(...terms.map((term) => product(number(1 / common), term)));
    return style.times([style.number(common), style.group(write(inside, style, 0))]);
  }
  const positiveFirst = terms.toSorted((a, b) => Number(isMinus(a)) - Number(isMinus(b)));
  return positiveFirst
    .map((term, i) => {
      if (!isMinus(term)) return `${i ? " + " : ""}${write(term, style, 1)}`;
      const { count, of } = countOf(term);
      const turned = isNumber(term) ? number(-term.value) : product(number(-count), of);
      return `${i ? " - " : "-"}${write(turned, style, turned.kind === "sum" ? 2 : 1)}`;
    })
    .join("");
}

/** 2·p − 2·y is written 2·(p − y). */
function commonFactor(terms: readonly Expression[]): number {
  const sizes = terms.map((term) => Math.abs(isNumber(term) ? term.value : countOf(term).count));
  const [first = 1] = sizes;
  return sizes.every((size) => size === first) && Number.isInteger(first) ? first : 1;
}

const isMinus = (e: Expression) => (isNumber(e) ? e.value < 0 : countOf(e).count < 0);

/** Factors with negative powers go below the fraction line, and so does the whole part of ½. */
function writeProduct(
  e: Expression,
  style: Style,
  grouped: (text: string, own: Tightness) => string,
): string {
  const { count, of } = e.kind === "product" ? countOf(e) : { count: 1, of: e };
  const factors = of.kind === "product" ? of.factors : [of];
  const above = factors.filter((factor) => !isBelow(factor));
  const below = factors.filter(isBelow).map(inverse);
  const [numerator, denominator] = fractionOf(Math.abs(count)) ?? [Math.abs(count), 1];
  const top = [...(numerator !== 1 ? [number(numerator)] : []), ...above];
  const bottom = [...(denominator !== 1 ? [number(denominator)] : []), ...below];
  const sign = count < 0 ? "-" : "";
  const line = (list: readonly Expression[], alone: Tightness) =>
    list.length === 1
      ? write(list[0]!, style, alone)
      : style.times(list.map((factor) => write(factor, style, 2)));
  const upper = top.length ? line(top, bottom.length ? (style === texStyle ? 0 : 2) : 2) : "1";
  if (!bottom.length) return grouped(sign + upper, sign ? 1 : 2);
  const lower = line(bottom, style === texStyle ? 0 : 3);
  const several = bottom.length > 1 && style !== texStyle;
  return grouped(sign + style.fraction(upper, several ? style.group(lower) : lower), sign ? 1 : 2);
}

const isBelow = (e: Expression) =>
  e.kind === "power" && isNumber(e.exponent) && e.exponent.value < 0;

const inverse = (e: Expression) =>
  e.kind === "power" && isNumber(e.exponent) ? power(e.base, number(-e.exponent.value)) : e;

/** Simple fractions such as 1/2 and 2/3; other numbers stay decimal. */
function fractionOf(value: number): readonly [number, number] | undefined {
  if (Number.isInteger(value)) return undefined;
  for (let below = 2; below <= 12; below++)
    if (
      Math.abs(value * below - Math.round(value * below)) < 1e-12 &&
      Math.round(value * below) > 0
    )
      return [10, 5].includes(below) ? undefined : [Math.round(value * below), below];
  return undefined;
}

function writePieces(e: Expression & { kind: "pieces" }, style: Style): string {
  const pieces = e.pieces.map(({ where, value }) => {
    const condition = `${write(where.left, style, 0)} ${style.relation(where.relation)} ${write(where.right, style, 0)}`;
    return [write(value, style, 0), condition] as const;
  });
  return style.pieces(pieces, write(e.otherwise, style, 0));
}

const decimal = (value: number) => String(Number(value.toPrecision(12)));

const textStyle: Style = {
  number: decimal,
  name: (name) => name,
  call: (name, inside) => `${name}(${inside})`,
  fraction: (above, below) => `${above} / ${below}`,
  power: (base, exponent) => `${base}^${/^[\w.]+$/.test(exponent) ? exponent : `(${exponent})`}`,
  times: (factors) => factors.join(" * "),
  group: (inside) => `(${inside})`,
  pieces: (pieces, otherwise) =>
    `${pieces.map(([value, where]) => `${where} ? ${value} : `).join("")}${otherwise}`,
  relation: (relation) => relation,
};

const greek: Readonly<Record<string, string>> = {
  alpha: "\\alpha",
  beta: "\\beta",
  gamma: "\\gamma",
  delta: "\\delta",
  epsilon: "\\varepsilon",
  lambda: "\\lambda",
  mu: "\\mu",
  sigma: "\\sigma",
  tau: "\\tau",
  theta: "\\theta",
  eta: "\\eta",
};

const texFunctions: Readonly<Record<string, string>> = {
  log: "\\ln",
  sin: "\\sin",
  cos: "\\cos",
  sinh: "\\sinh",
  cosh: "\\cosh",
  tanh: "\\tanh",
  sigmoid: "\\sigma",
  max: "\\max",
  min: "\\min",
  sign: "\\operatorname{sign}",
  softplus: "\\operatorname{softplus}",
  logcosh: "\\ln\\cosh",
};

const texRelations = {
  "<": "<",
  "<=": "\\le",
  ">": ">",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
} as const;

const texStyle: Style = {
  number: decimal,
  name(name) {
    const [base = "", ...subscripts] = name.split("_");
    const letter = greek[base] ?? (base.length > 1 ? `\\mathrm{${base}}` : base);
    return subscripts.length ? `${letter}_{${subscripts.join(",")}}` : letter;
  },
  call(name, inside) {
    if (name === "abs") return `\\left|${inside}\\right|`;
    if (name === "sqrt") return `\\sqrt{${inside}}`;
    if (name === "sum") return `\\sum_k ${inside}`;
    if (name === "exp") return `e^{${inside}}`;
    return `${texFunctions[name] ?? name}\\left(${inside}\\right)`;
  },
  fraction: (above, below) => `\\frac{${above}}{${below}}`,
  power: (base, exponent) =>
    `${base.startsWith("e^") ? `\\left(${base}\\right)` : base}^{${exponent}}`,
  times: (factors) =>
    factors.reduce(
      (text, factor) => `${text}${/^[\d-]/.test(factor) ? " \\cdot " : " \\, "}${factor}`,
    ),
  group: (inside) => `\\left(${inside}\\right)`,
  pieces: (pieces, otherwise) =>
    `\\begin{cases}${[...pieces.map(([value, where]) => `${value} & \\text{if } ${where}`), `${otherwise} & \\text{otherwise}`].join(" \\\\ ")}\\end{cases}`,
  relation: (relation) => texRelations[relation],
};
