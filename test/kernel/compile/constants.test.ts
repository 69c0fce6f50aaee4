import { beforeAll, describe, expect, test } from "vitest";
import { loadNativeParser } from "../../../kernel/compile/index.ts";
import { notebook } from "./notebook.ts";

beforeAll(loadNativeParser);

/** What stands before each form; `notes` keeps what is evaluated on the way. */
const constants = `const one = 1, none = null, zero = 0, list = [1, 2], object = { a: 1 }, name = 'n';
const notes = [];
const note = (value) => { notes.push(value); return value };`;

const forms = [
  "one ??= note(2)",
  "one ||= note(2)",
  "one &&= note(2)",
  "none ??= note(2)",
  "none ||= note(2)",
  "none &&= note(2)",
  "zero ??= note(2)",
  "zero ||= note(2)",
  "zero &&= note(2)",
  "name ??= note(2)",
  "name &&= note(2)",
  "note(one ??= 2)",
  "note((one) ??= 2)",
  "note((one /* ??= */ ) ??= /* none */ (2))",
  "note(one ??= none ??= 3)",
  "note(zero ||= one ||= 3)",
  "note(zero || (zero ||= note(4)))",
  "note([one ??= () => 1, { a: zero &&= 3 }])",
  "note(await (one ??= await note(2)))",
  "none ??= await note(2)",
  "none ??= class { static { note(5) } }",
  "one = note(2)",
  "one += note(2)",
  "one **= note(2)",
  "one <<= note(2)",
  "one++",
  "--one",
  "note(one++)",
  "(one) = note(2)",
  "one = one",
  "[one] = [note(2)]",
  "[one = note(2)] = []",
  "[one = note(2)] = [3]",
  "[, ...one] = [1, note(2)]",
  "({ one } = { one: note(2) })",
  "({ one = note(2) } = {})",
  "({ a: one } = object)",
  "({ a: one = note(2) } = {})",
  "({ ...one } = object)",
  "({ a: { one } } = { a: { one: 3 } })",
  "({ a: note(object).b } = object)",
  "[list[0], list[zero]] = [5, 6]",
  "for (one of [note(3)]) note(one)",
  "for (one of []) note(one)",
  "for (one in object) note(one)",
  "for (one in {}) note(one)",
  "for ([one] of [[note(4)]]) note(one)",
  "for ({ one = note(5) } of [{}]) note(one)",
  "for await (one of [note(6)]) note(one)",
  "for (const each of list) note(each)",
  "for (const each of list) { each ??= 3; note(each) }",
  "for (const each of list) { each++ }",
  "for (const i = 0; i < 1; i++) note(i)",
  "for (let i = 0; i < 2; i++) { one ??= i; note(i) }",
  "for (let i = 0; i < 2; i++) one = i",
  "for (; zero ||= note(0); ) note(1)",
  "while (zero &&= note(1)) note(2)",
  "(function () { one = 2 })()",
  "(function () { one ??= 2; note(one) })()",
  "(() => { note(one &&= 3) })()",
  "(function (given = (one ??= 4)) { note(given) })()",
  "(function (given = (one = 4)) { note(given) })()",
  "(function (one) { one ??= 2; note(one) })()",
  "(function () { let one; one ??= 2; note(one) })()",
  "(function () { var one = 5; one = 2; note(one) })()",
  "(function one() { note(typeof one); one = 2 })()",
  "(function one() { note(typeof (one ??= 2)) })()",
  "{ const one = 3; one = 4 }",
  "{ let one = 3; one = 4; note(one) }",
  "try { throw 1 } catch (one) { one = 2; note(one) }",
  "await (async () => { await null; one ??= 2; one ||= note(3); none ||= 4 })()",
  "[...(function* () { yield one ??= 2; yield (none ??= 3) })()]",
  "class A { x = (one ??= 2); static y = note(one ||= 3) } note(new A().x)",
  "class A { static { none ??= 2 } }",
  "class A { static x = note(typeof A); static y = (A = 2) }",
  "({ get x() { return (one ??= 7) } }).x",
  "({ [(one ??= 2)]: note(1) })",
  "one.a ??= note(3)",
  "object.a ??= note(3)",
  "object.b ??= note(3)",
  "object[(one ??= 'b')] &&= note(3)",
  "object[(none ??= 'b')] &&= note(3)",
  `note\`\${one ??= 2}\`.length`,
  "switch (one) { case (one ??= 2): note('same') }",
  "label: for (;;) { one ??= 1; break label }",
  "note(typeof one, one, void (one ??= 1))",
  "note(one ? (zero ||= 0, one) : 2)",
  "note(one?.a ?? (one &&= 1))",
];

/** What is seen after a form: whether it was refused, and how everything is. */
const seen = "JSON.stringify([said, one, none, zero, name, list, object, notes])";
const attempt = (form: string): string =>
  `let said;\ntry { ${form}\n} catch (error) { said = error.name }`;

/** What Node.js does with a module. */
async function inModule(form: string): Promise<unknown> {
  const text = `${constants}\n${attempt(form)}\nexport const result = ${seen};`;
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return module.result;
}

describe.each(forms)("%s", (form) => {
  test("does in a cell, and in a later one, what it does in a module", async () => {
    const expected = await inModule(form);
    expect(await notebook()(`${constants}\n${attempt(form)}\n${seen}`)).toBe(expected);
    const run = notebook();
    await run(constants);
    await run(attempt(form));
    expect(await run(seen)).toBe(expected);
  });
});

test("types beside a constant do not change what an assignment asks", async () => {
  const run = notebook();
  await run("const one = 1, none: number | null = null");
  expect(await run("[one! ??= 2 as number, (one as number) ||= 3, (<any>one) ??= 4]")).toEqual([
    1, 1, 1,
  ]);
  await expect(run("none! ??= 2 as number")).rejects.toThrow("Assignment to constant");
  await expect(run("(none as any) = 2")).rejects.toThrow("Assignment to constant");
});
