import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { PlainDocument } from "../../../../../kernel/display/pictures/dom/PlainDocument.ts";
import { layOutWith } from "../../../../../kernel/display/pictures/font.ts";

const font = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
layOutWith(font("DejaVuSansCondensed"), font("DejaVuSansCondensed-Bold"));

const drawn = (markup: string, selector: string) => {
  const { body } = new PlainDocument();
  body.innerHTML = `<svg>${markup}</svg>`;
  return body.querySelector(selector)!;
};

test("a group's box is around its children, moved as they are", () => {
  const group = drawn(
    '<g><rect x="0" y="0" width="10" height="5" transform="translate(100,20)"/><circle cx="0" cy="0" r="2"/></g>',
    "g",
  );
  expect(group.getBBox()).toEqual({ x: -2, y: -2, width: 112, height: 27 });
});

test("what is not displayed takes no room", () => {
  const group = drawn('<g><rect width="9" height="9" style="display: none"/></g>', "g");
  expect(group.getBBox()).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});

test("the box on the page is moved by every group outside, the inner one first", () => {
  const rect = drawn(
    '<g transform="translate(10,0)"><g transform="scale(2)"><rect x="1" y="1" width="3" height="4"/></g></g>',
    "rect",
  );
  expect(rect.getBoundingClientRect()).toMatchObject({ left: 12, top: 2, right: 18, bottom: 10 });
});

test("a rotated label stands upright", () => {
  const label = drawn('<rect width="40" height="10" transform="rotate(-90)"/>', "rect");
  const { width, height } = label.getBoundingClientRect();
  expect([width, height]).toEqual([expect.closeTo(10), expect.closeTo(40)]);
});

const text = (attributes: string, content = "loss") =>
  drawn(`<text x="100" y="50" ${attributes}>${content}</text>`, "text").getBBox();

test("text grows with its font size, whether named in a style or above", () => {
  const { width } = text('style="font-size: 12px"');
  expect(text('style="font-size: 24px"').width).toBeCloseTo(2 * width);
  expect(text('font-size="24"').width).toBeCloseTo(2 * width);
});

test("text lies around its point as it is anchored", () => {
  const { width } = text("");
  expect(text("").x).toBe(100);
  expect(text('text-anchor="middle"').x).toBeCloseTo(100 - width / 2);
  expect(text('text-anchor="end"').x).toBeCloseTo(100 - width);
});

test("bold text is wider, and a subscript narrower", () => {
  expect(text('font-weight="bold"').width).toBeGreaterThan(text("").width);
  const sub = '<tspan style="font-size: 70%">loss</tspan>';
  expect(text("", sub).width).toBeCloseTo(0.7 * text("").width);
});

test("lines are as wide as the widest and stand below each other", () => {
  const lines = '<tspan class="line">a</tspan><tspan class="line">loss</tspan>';
  const [one, two] = [text(""), text("", lines)];
  expect(two.width).toBeCloseTo(one.width);
  expect(two.height - one.height).toBeCloseTo(1.3 * 12);
});

test("empty text has no box", () => {
  expect(text("", "")).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});
