import type { PlainElement } from "./PlainElement.ts";
import { isElement, kind, type PlainNode, svgNamespace } from "./PlainNode.ts";

/** A node as markup that an SVG reader takes. */
export function serialize(node: PlainNode): string {
  if (node.nodeType === kind.text) return escapeText(node.data);
  const inner = node.childNodes.map(serialize).join("");
  if (!isElement(node)) return inner;
  const open = `${node.localName}${namespaceOf(node)}${attributesOf(node)}`;
  return inner === "" ? `<${open}/>` : `<${open}>${inner}</${node.localName}>`;
}

function namespaceOf(element: PlainElement): string {
  const isNamed = element.localName !== "svg" || element.hasAttribute("xmlns");
  return isNamed ? "" : ` xmlns="${svgNamespace}"`;
}

function attributesOf({ attributes, style }: PlainElement): string {
  const written = attributes.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
  return written.join("") + (style.cssText && ` style="${escapeAttribute(style.cssText)}"`);
}

const tag =
  /<\/([\w:-]+)\s*>|<([\w:-]+)((?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>|([^<]+)/g;
const attribute = /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

/** Puts the nodes that markup describes into an element. */
export function parseInto(parent: PlainElement, markup: string): void {
  const open: PlainElement[] = [parent];
  for (const [, closing, opening, attributes = "", selfClosing, text] of markup.matchAll(tag)) {
    const place = open.at(-1)!;
    if (closing !== undefined) {
      if (open.length > 1) open.pop();
    } else if (opening !== undefined) {
      const element = place.appendChild(createInside(place, opening));
      for (const [, name, double, single] of attributes.matchAll(attribute))
        element.setAttribute(name!, plainText(double ?? single ?? ""));
      if (selfClosing === "") open.push(element);
    } else place.appendChild(place.ownerDocument.createTextNode(plainText(text!)));
  }
}

function createInside({ isSvg, ownerDocument }: PlainElement, name: string): PlainElement {
  return isSvg || name === "svg"
    ? ownerDocument.createElementNS(svgNamespace, name)
    : ownerDocument.createElement(name);
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;");
}

function plainText(text: string): string {
  const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
  return plain.replaceAll("&amp;", "&");
}
