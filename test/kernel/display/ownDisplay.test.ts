import { expect, test } from "vitest";
import { type Shown, show } from "../../../kernel/display/index.ts";

const text = (value: unknown) => (show(value) as Shown).data["text/plain"];

test("a proxy that answers to every name is shown as what it stands for", () => {
  expect(text(new Proxy({ a: 1 }, { get: () => () => 1 }))).toBe("{ a: 1 }");
  expect(text(new Proxy(() => 1, { get: () => "anything" }))).toMatch(/^\[Function/);
});

test("a proxy that was revoked, or refuses to be asked, is shown without being asked", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(text(proxy)).toBe("<Revoked Proxy>");
  const refuse = () => {
    throw new Error("do not ask");
  };
  const strict = { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse };
  expect(text(new Proxy({ a: 1 }, strict))).toBe("{ a: 1 }");
  expect(text([new Proxy({ a: 1 }, strict)])).toBe("[ { a: 1 } ]");
  expect(text(new Proxy([{ a: 1 }], strict))).toBe("[ { a: 1 } ]");
});

test("a proxy around something that says how it is shown is shown so", () => {
  const own = { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "two apples" }) };
  expect(text(new Proxy(own, {}))).toBe("two apples");
});
