import { describe, expect, test } from "vitest";
import { PlainDocument } from "../../../../../kernel/display/pictures/dom/PlainDocument.ts";

const { body } = new PlainDocument();
body.innerHTML = `<div id="plot-1" class="js-plotly plot"><svg class="main-svg">
<g class="cartesianlayer"><g class="subplot xy"><path class="a" d="M0,0"/><path class="b" d=""/></g></g>
<text class="gtitle" data-x="long value">title</text></svg></div><p class="last"></p>`;

const found = (selector: string) =>
  body.querySelectorAll(selector).map((each) => each.getAttribute("class") ?? each.localName);

describe("a selector finds", () => {
  test.each([
    ["path", ["a", "b"]],
    ["PATH", ["a", "b"]],
    [".subplot.xy", ["subplot xy"]],
    ["#plot-1", ["js-plotly plot"]],
    ["g path", ["a", "b"]],
    ["g.cartesianlayer > path", []],
    ["g.subplot > path", ["a", "b"]],
    ["> p", ["last"]],
    ["> path", []],
    [".a, .last", ["a", "last"]],
    ["path:not(.a)", ["b"]],
    ["path:first-child", ["a"]],
    ["path:last-child", ["b"]],
    ["[data-x]", ["gtitle"]],
    ['[data-x="long value"]', ["gtitle"]],
    ['[class^="main"]', ["main-svg"]],
    ["[class*=layer]", ["cartesianlayer"]],
    [".missing", []],
  ])("%s", (selector, classes) => {
    expect(found(selector)).toEqual(classes);
  });
});

test("the first match is the first in the document", () => {
  expect(body.querySelector("path")?.getAttribute("class")).toBe("a");
  expect(body.querySelector(".missing")).toBe(null);
});

test("a selector that is not understood is refused, not ignored", () => {
  expect(() => body.querySelectorAll("path:hover")).toThrow(SyntaxError);
});
