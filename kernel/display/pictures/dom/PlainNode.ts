import type { PlainDocument } from "./PlainDocument.ts";
import type { PlainElement } from "./PlainElement.ts";

export const svgNamespace = "http://www.w3.org/2000/svg";

/** The numbers by which the DOM tells kinds of node apart. */
export const kind = { element: 1, text: 3, comment: 8, document: 9, fragment: 11 } as const;

/**
 * A node of the small document on which plotly draws without a browser: the part of the DOM that
 * plotly.js 3.7 and its d3 call, and nothing more.
 */
export class PlainNode {
  readonly nodeType: number;
  readonly ownerDocument: PlainDocument;
  parentNode: PlainNode | null = null;
  childNodes: PlainNode[] = [];
  /** What a text node says. */
  data = "";

  constructor(nodeType: number, ownerDocument: PlainDocument) {
    this.nodeType = nodeType;
    this.ownerDocument = ownerDocument;
  }

  get firstChild(): PlainNode | null {
    return this.childNodes[0] ?? null;
  }
  get lastChild(): PlainNode | null {
    return this.childNodes.at(-1) ?? null;
  }
  get nextSibling(): PlainNode | null {
    return this.#sibling(1);
  }
  get previousSibling(): PlainNode | null {
    return this.#sibling(-1);
  }
  get parentElement(): PlainElement | null {
    return isElement(this.parentNode) ? this.parentNode : null;
  }
  get children(): PlainElement[] {
    return this.childNodes.filter(isElement);
  }
  get firstElementChild(): PlainElement | null {
    return this.children[0] ?? null;
  }

  get textContent(): string {
    return this.nodeType === kind.text
      ? this.data
      : this.childNodes.map((child) => child.textContent).join("");
  }
  set textContent(text: string | null) {
    if (this.nodeType === kind.text) {
      this.data = String(text);
      return;
    }
    for (const child of [...this.childNodes]) this.removeChild(child);
    if (text) this.appendChild(this.ownerDocument.createTextNode(text));
  }
  get nodeValue(): string | null {
    return this.nodeType === kind.text ? this.data : null;
  }
  set nodeValue(text: string | null) {
    this.data = text ?? "";
  }

  contains(other: PlainNode | null): boolean {
    if (other === null) return false;
    return other === this || this.contains(other.parentNode);
  }
  hasChildNodes(): boolean {
    return this.childNodes.length > 0;
  }

  appendChild<T extends PlainNode>(node: T): T {
    return this.insertBefore(node, null);
  }
  insertBefore<T extends PlainNode>(node: T, next: PlainNode | null): T {
    if (node.nodeType === kind.fragment) {
      for (const child of [...node.childNodes]) this.insertBefore(child, next);
      return node;
    }
    node.parentNode?.removeChild(node);
    const place = next ? this.childNodes.indexOf(next) : -1;
    this.childNodes.splice(place < 0 ? this.childNodes.length : place, 0, node);
    node.parentNode = this;
    return node;
  }
  removeChild<T extends PlainNode>(node: T): T {
    const place = this.childNodes.indexOf(node);
    if (place >= 0) this.childNodes.splice(place, 1);
    node.parentNode = null;
    return node;
  }
  replaceChild<T extends PlainNode>(node: PlainNode, old: T): T {
    this.insertBefore(node, old);
    return this.removeChild(old);
  }
  remove(): void {
    this.parentNode?.removeChild(this);
  }
  cloneNode(deep = false): PlainNode {
    const copy = this.emptyCopy();
    if (deep) for (const child of this.childNodes) copy.appendChild(child.cloneNode(true));
    return copy;
  }
  protected emptyCopy(): PlainNode {
    const copy = new PlainNode(this.nodeType, this.ownerDocument);
    copy.data = this.data;
    return copy;
  }

  // Nobody points at or listens to a picture.
  addEventListener(): void {}
  removeEventListener(): void {}
  dispatchEvent(): boolean {
    return true;
  }

  #sibling(step: number): PlainNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + step] ?? null;
  }
}

export function isElement(node: PlainNode | null | undefined): node is PlainElement {
  return node?.nodeType === kind.element;
}
