import type * as t from "@babel/types";
import type { Edits } from "./Edits.ts";
import { endOf, startOf } from "./walk.ts";

/** Blanks what a class says to the type checker: `abstract`, `<T>`, `implements …`. */
export function eraseClass(node: t.Class, edits: Edits): void {
  const { source } = edits;
  if (node.type === "ClassDeclaration" && node.abstract) {
    const at = source.indexOf("abstract", startOf(node));
    edits.blank(at, at + "abstract".length);
  }
  for (const types of [node.typeParameters, node.superTypeParameters]) {
    if (types) edits.blank(startOf(types), endOf(types));
  }
  const first = node.implements?.[0];
  if (!first) return;
  const keyword = source.lastIndexOf("implements", startOf(first));
  edits.blank(keyword, endOf(node.implements!.at(-1)!));
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
  const end = type ? endOf(type) : edits.source.slice(from).search(/[?!]/) + from + 1;
  // Without a value, the field must not swallow the line below: `get` above `foo() {}` would be a getter.
  if (member.value) edits.blank(from, end);
  else edits.blankToSemicolon(from, end);
}

function eraseModifiers(member: Member, edits: Edits): void {
  const start = startOf(member);
  const head = edits.source.slice(start, startOf(member.key));
  for (const { index, 0: word } of head.matchAll(
    /\b(?:public|private|protected|readonly|override)\b/g,
  )) {
    const at = start + index;
    // A line above that ended without a semicolon must not go on with `[` or `*` below.
    if (index === 0) edits.blankToSemicolon(at, at + word.length);
    else edits.blank(at, at + word.length);
  }
}

/** The question mark of an optional method. */
function eraseMark(member: t.ClassMethod | t.ClassPrivateMethod, edits: Edits): void {
  if (!("optional" in member) || !member.optional) return;
  const mark = edits.source.indexOf("?", endOfKey(member, edits.source));
  edits.blank(mark, mark + 1);
}

const endOfKey = (member: Member, source: string): number =>
  "computed" in member && member.computed
    ? source.indexOf("]", endOf(member.key)) + 1
    : endOf(member.key);
