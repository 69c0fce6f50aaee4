import { type Face, faces } from "../font.ts";
import type { Box } from "./boxes.ts";
import type { PlainElement } from "./PlainElement.ts";
import { isElement, kind } from "./PlainNode.ts";

/** How wide the text of an element runs, in pixels. */
export function textWidth(element: PlainElement): number {
  let width = 0;
  for (const child of element.childNodes) {
    if (isElement(child)) width += textWidth(child);
    else if (child.nodeType === kind.text) width += runWidth(child.data, element);
  }
  return width;
}

/** The box around a text as the rasteriser will set it: one line, or a `tspan.line` for each. */
export function textBox(element: PlainElement): Box | undefined {
  const lines = element.children.filter(({ classes }) => classes.includes("line"));
  const width = Math.max(...(lines.length > 0 ? lines : [element]).map(textWidth));
  if (width === 0) return undefined;
  const { size, face } = fontOf(element);
  const x = position(element, "x") - width * anchorShare(element);
  const down = lines.length > 0 ? 0 : position(element, "dy") * size;
  return {
    x,
    y: position(element, "y") + down - face.ascent * size,
    width,
    height: (face.ascent + face.descent + lineSpacing * Math.max(0, lines.length - 1)) * size,
  };
}

/** plotly's distance between lines, in font sizes. */
const lineSpacing = 1.3;

function runWidth(text: string, element: PlainElement): number {
  const { size, face } = fontOf(element);
  return face.width(text) * size;
}

function anchorShare(element: PlainElement): number {
  const anchor =
    element.style.getPropertyValue("text-anchor") || element.getAttribute("text-anchor");
  return anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
}

function position(element: PlainElement, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? "") || 0;
}

const usualSize = 12;

/** Size and weight come from the nearest element that names them; a percentage is of the one above. */
function fontOf(element: PlainElement): { readonly size: number; readonly face: Face } {
  const bold = /bold|[6-9]00/.test(inherited(element, "font-weight") ?? "");
  return { size: sizeOf(element), face: bold ? faces().bold : faces().regular };
}

function sizeOf(element: PlainElement | null): number {
  if (!element) return usualSize;
  const own = declared(element, "font-size");
  if (!own) return sizeOf(element.parentElement);
  if (own.endsWith("%")) return (Number.parseFloat(own) / 100) * sizeOf(element.parentElement);
  return Number.parseFloat(own);
}

function inherited(element: PlainElement | null, name: string): string | undefined {
  if (!element) return undefined;
  return declared(element, name) ?? inherited(element.parentElement, name);
}

function declared(element: PlainElement, name: string): string | undefined {
  return element.style.getPropertyValue(name) || element.getAttribute(name) || undefined;
}
