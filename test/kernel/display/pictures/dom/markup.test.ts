import fc from "fast-check";
import { expect, test } from "vitest";
import { serialize } from "../../../../../kernel/display/pictures/dom/markup.ts";
import { PlainDocument } from "../../../../../kernel/display/pictures/dom/PlainDocument.ts";

const read = (markup: string) => {
  const { body } = new PlainDocument();
  body.innerHTML = markup;
  return body;
};

test("markup that was read is written the same", () => {
  const markup = '<g class="a"><path d="M0,0L1,1" style="stroke: red;"/><text>x &lt; 1</text></g>';
  expect(read(markup).innerHTML).toBe(markup);
});

test("a drawing names its language, as files of their own must", () => {
  const { firstChild } = read('<svg width="1"></svg>');
  expect(serialize(firstChild!)).toBe('<svg xmlns="http://www.w3.org/2000/svg" width="1"/>');
});

test("any text and any attribute survive being written and read", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (text, value) => {
      const document = new PlainDocument();
      const element = document.createElement("p");
      element.setAttribute("title", value);
      element.appendChild(document.createTextNode(text));
      const again = read(serialize(element)).firstElementChild!;
      return again.textContent === text && again.getAttribute("title") === value;
    }),
  );
});
