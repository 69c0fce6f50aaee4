/** What the compiler never asks of a tree. */
const unread = new Set([
  ..."loc comments errors leadingComments trailingComments innerComments range raw parent".split(
    " ",
  ),
  ..."hashbang interpreter sourceType method directive regex bigint phase options".split(" "),
]);

/** Of these it asks less than stands there. */
const unreadOf: Readonly<Record<string, readonly string[]>> = {
  Program: ["start", "end"],
  TemplateElement: ["start", "end", "value", "tail"],
  RegExpLiteral: ["value", "flags"],
  DirectiveLiteral: ["value", "extra"],
  ObjectProperty: ["kind"],
};

const withValues = /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$|^TSTypeAssertion$/;

const says = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== "value" &&
  !(Array.isArray(value) && value.length === 0);

/** A syntax tree without what the compiler does not read, so that two can be compared. */
export function plainly(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plainly);
  if (typeof part !== "object" || part === null) return part;
  const { type, start, end, id, extra } = part as Record<string, unknown>;
  if (typeof type === "string" && type.startsWith("TS") && !withValues.test(type)) {
    return { type: "a type", start, end, name: (id as { name?: string } | undefined)?.name };
  }
  const skipped = unreadOf[String(type)] ?? [];
  const fields = Object.entries(part).flatMap(([name, value]) => {
    if (unread.has(name) || skipped.includes(name) || name === "extra") return [];
    if (name === "expression" && typeof value !== "object") return [];
    const plain = plainly(value);
    return says(plain) ? [[name, plain] as const] : [];
  });
  const { parenStart } = (extra ?? {}) as { parenStart?: number };
  return { ...Object.fromEntries(fields), parenStart };
}
