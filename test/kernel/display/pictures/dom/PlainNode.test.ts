import { expect, test } from "vitest";
import { PlainDocument } from "../../../../../kernel/display/pictures/dom/PlainDocument.ts";

const document = new PlainDocument();
const list = (...names: string[]) => {
  const parent = document.createElement("ul");
  for (const name of names) parent.appendChild(document.createElement(name));
  return parent;
};
const names = (parent: ReturnType<typeof list>) =>
  parent.children.map(({ localName }) => localName);

test("a node that is put in twice stands in its last place only", () => {
  const parent = list("a", "b", "c");
  parent.appendChild(parent.firstChild!);
  expect(names(parent)).toEqual(["b", "c", "a"]);
});

test("a node is put before another", () => {
  const parent = list("a", "b");
  parent.insertBefore(document.createElement("new"), parent.lastChild);
  expect(names(parent)).toEqual(["a", "new", "b"]);
});

test("a fragment hands over its children and stays empty", () => {
  const fragment = document.createDocumentFragment();
  fragment.appendChild(document.createElement("x"));
  const parent = list("a");
  parent.appendChild(fragment);
  expect([names(parent), fragment.childNodes]).toEqual([["a", "x"], []]);
});

test("siblings are known from both sides and end in null", () => {
  const [first, second] = list("a", "b").children;
  expect([first!.nextSibling, second!.previousSibling]).toEqual([second, first]);
  expect([first!.previousSibling, second!.nextSibling]).toEqual([null, null]);
});

test("text replaces all that was inside", () => {
  const parent = list("a", "b");
  parent.textContent = "only words";
  expect([parent.textContent, parent.children]).toEqual(["only words", []]);
});

test("a deep copy has everything and shares nothing", () => {
  const parent = list("a");
  parent.setAttribute("class", "list");
  parent.style.setProperty("color", "red");
  const copy = parent.cloneNode(true) as typeof parent;
  expect(copy.style.cssText).toBe("color: red;");
  copy.firstElementChild!.setAttribute("id", "changed");
  copy.style.setProperty("color", "blue");
  expect([parent.firstElementChild!.id, parent.style.cssText]).toEqual(["", "color: red;"]);
});

test("style is one, whether set as text, by name, or as a field", () => {
  const element = document.createElement("p");
  element.setAttribute("style", "font-size: 12px");
  (element.style as unknown as { strokeWidth: string }).strokeWidth = "2px";
  element.style.setProperty("color", "red");
  expect(element.getAttribute("style")).toBe("font-size: 12px; stroke-width: 2px; color: red;");
  element.style.removeProperty("color");
  expect((element.style as unknown as { fontSize: string }).fontSize).toBe("12px");
  expect(element.style.getPropertyValue("color")).toBe("");
});
