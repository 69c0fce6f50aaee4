import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { signAfter } from "./places.ts";
import { endOf, startOf } from "./walk.ts";

/** Blanks what a class says to the type checker: `abstract`, `<T>`, `implements …`. */
export function eraseClass(node: t.Class, edits: Edits): void {
  const { source } = edits;
  if (node.type === "ClassDeclaration" && node.abstract) {
    const at = signAfter(source, startOf(node), "abstract");
    edits.blank(at, at + "abstract".length);
  }
  for (const types of [node.typeParameters, node.superTypeParameters]) {
    if (types) edits.blank(startOf(types), endOf(types));
  }
  const last = node.implements?.at(-1);
  if (!last) return;
  const before = node.superTypeParameters ?? node.superClass ?? node.typeParameters ?? node.id;
  const from = before ? endOf(before) : startOf(node);
  edits.blank(signAfter(source, from, "implements"), endOf(last));
}

type Member = t.ClassMethod | t.ClassPrivateMethod | t.ClassProperty | t.ClassPrivateProperty;

/** Blanks a member's modifiers and types, or the whole member when it says nothing at run time. */
export function eraseMember(member: Member, edits: Edits): void {
  const start = startOf(member);
  if (("abstract" in member && member.abstract) || ("declare" in member && member.declare)) {
    return edits.blankToSemicolon(start, endOf(member));
  }
  eraseModifiers(member, edits);
  if (member.type === "ClassMethod" || member.type === "ClassPrivateMethod") {
    return eraseMark(member, edits);
  }
  const type = member.typeAnnotation;
  const marked =
    ("optional" in member && member.optional) || ("definite" in member && member.definite);
  if (!type && !marked) return;
  const from = endOfKey(member, edits.source);
  const mark = "definite" in member && member.definite ? "!" : "?";
  const end = type ? endOf(type) : signAfter(edits.source, from, mark) + 1;
  // Without a value, the field must not swallow the line below: `get` above `foo() {}` would be a getter.
  if (member.value) edits.blank(from, end);
  else edits.blankToSemicolon(from, end);
}

function eraseModifiers(member: Member, edits: Edits): void {
  const start = startOf(member);
  const head = edits.source.slice(start, startOf(member.key));
  for (const { index, 0: word } of head.matchAll(modifier)) {
    if (word.startsWith("/")) continue;
    const at = start + index;
    // A line above that ended without a semicolon must not go on with `[` or `*` below.
    if (index === 0) edits.blankToSemicolon(at, at + word.length);
    else edits.blank(at, at + word.length);
  }
}

/** A word for the type checker, or a comment, in which it would be none. */
const modifier =
  /\b(?:public|private|protected|readonly|override)\b|\/\*[\s\S]*?\*\/|\/\/[^\r\n\u2028\u2029]*/g;

/** The question mark of an optional method. */
function eraseMark(member: t.ClassMethod | t.ClassPrivateMethod, edits: Edits): void {
  if (!("optional" in member) || !member.optional) return;
  const mark = signAfter(edits.source, endOfKey(member, edits.source), "?");
  edits.blank(mark, mark + 1);
}

const endOfKey = (member: Member, source: string): number =>
  "computed" in member && member.computed
    ? signAfter(source, endOf(member.key), "]") + 1
    : endOf(member.key);
