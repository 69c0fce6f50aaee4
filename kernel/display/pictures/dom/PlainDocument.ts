import { PlainElement } from "./PlainElement.ts";
import { kind, PlainNode } from "./PlainNode.ts";
import { querySelector, querySelectorAll } from "./selectors.ts";

const htmlNamespace = "http://www.w3.org/1999/xhtml";

/** An empty page: a head, a body, and makers of nodes. */
export class PlainDocument extends PlainNode {
  readonly documentElement: PlainElement;
  readonly head: PlainElement;
  readonly body: PlainElement;
  /** The page's globals; d3 looks for them here. */
  defaultView: unknown = null;
  readonly readyState = "complete";
  readonly styleSheets: readonly never[] = [];

  constructor() {
    // A document owns its nodes, and itself; the base class only stores the reference.
    super(kind.document, undefined as unknown as PlainDocument);
    this.documentElement = this.appendChild(this.createElement("html"));
    this.head = this.documentElement.appendChild(this.createElement("head"));
    this.body = this.documentElement.appendChild(this.createElement("body"));
  }

  createElement(name: string): PlainElement {
    return new PlainElement(htmlNamespace, name.toLowerCase(), this);
  }
  createElementNS(namespace: string, name: string): PlainElement {
    return new PlainElement(namespace, name, this);
  }
  createTextNode(text: unknown): PlainNode {
    const node = new PlainNode(kind.text, this);
    node.data = String(text);
    return node;
  }
  createDocumentFragment(): PlainNode {
    return new PlainNode(kind.fragment, this);
  }
  importNode(node: PlainNode, deep: boolean): PlainNode {
    return node.cloneNode(deep);
  }
  getElementById(id: string): PlainElement | null {
    return querySelector(this, `#${id}`);
  }
  querySelector(selector: string): PlainElement | null {
    return querySelector(this, selector);
  }
  querySelectorAll(selector: string): PlainElement[] {
    return querySelectorAll(this, selector);
  }
}
