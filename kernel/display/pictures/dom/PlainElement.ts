import { type Box, clientBox, localBox, noBox, pointsOf } from "./boxes.ts";
import { Canvas } from "./Canvas.ts";
import { parseInto, serialize } from "./markup.ts";
import type { PlainDocument } from "./PlainDocument.ts";
import { kind, PlainNode, svgNamespace } from "./PlainNode.ts";
import { PlainStyle } from "./PlainStyle.ts";
import { pathLength, pointAtLength } from "./paths.ts";
import { matches, querySelector, querySelectorAll } from "./selectors.ts";
import { textWidth } from "./text.ts";

/** An element with attributes, inline style, and, for SVG, a place and a size. */
export class PlainElement extends PlainNode {
  readonly namespaceURI: string;
  readonly localName: string;
  readonly attributesByName = new Map<string, string>();
  readonly style = PlainStyle.withProperties();
  #canvas: Canvas | undefined;
  #className: ClassName | undefined;

  constructor(namespace: string, name: string, ownerDocument: PlainDocument) {
    super(kind.element, ownerDocument);
    this.namespaceURI = namespace;
    this.localName = name;
  }

  get tagName(): string {
    return this.isSvg ? this.localName : this.localName.toUpperCase();
  }
  get nodeName(): string {
    return this.tagName;
  }
  get isSvg(): boolean {
    return this.namespaceURI === svgNamespace;
  }

  get id(): string {
    return this.getAttribute("id") ?? "";
  }
  set id(id: string) {
    this.setAttribute("id", id);
  }
  get classes(): readonly string[] {
    return (this.attributesByName.get("class") ?? "").split(/\s+/).filter(Boolean);
  }
  get classList(): ClassList {
    return new ClassList(this);
  }
  /** For SVG the class name is an object with `baseVal`, and d3 tells by that which one it has. */
  get className(): string | ClassName {
    if (!this.isSvg) return this.getAttribute("class") ?? "";
    this.#className ??= new ClassName(this);
    return this.#className;
  }
  set className(name: string) {
    this.setAttribute("class", name);
  }

  get attributes(): readonly { name: string; value: string }[] {
    return [...this.attributesByName].map(([name, value]) => ({ name, value }));
  }
  getAttribute(name: string): string | null {
    if (name === "style") return this.style.cssText || null;
    return this.attributesByName.get(name) ?? null;
  }
  setAttribute(name: string, value: unknown): void {
    if (name === "style") this.style.cssText = String(value);
    else this.attributesByName.set(name, String(value));
  }
  removeAttribute(name: string): void {
    if (name === "style") this.style.cssText = "";
    else this.attributesByName.delete(name);
  }
  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }
  getAttributeNS(_namespace: string, name: string): string | null {
    return this.getAttribute(name);
  }
  setAttributeNS(namespace: string, name: string, value: unknown): void {
    const isLink = namespace.endsWith("/xlink") && !name.includes(":");
    this.setAttribute(isLink ? `xlink:${name}` : name, value);
  }
  removeAttributeNS(_namespace: string, name: string): void {
    this.removeAttribute(name);
  }

  matches(selector: string): boolean {
    return matches(this, selector);
  }
  querySelector(selector: string): PlainElement | null {
    return querySelector(this, selector);
  }
  querySelectorAll(selector: string): PlainElement[] {
    return querySelectorAll(this, selector);
  }
  getElementsByTagName(name: string): PlainElement[] {
    return querySelectorAll(this, name);
  }
  getElementsByClassName(name: string): PlainElement[] {
    return querySelectorAll(this, `.${name}`);
  }

  get innerHTML(): string {
    return this.childNodes.map(serialize).join("");
  }
  set innerHTML(markup: string) {
    this.textContent = "";
    parseInto(this, markup);
  }
  protected override emptyCopy(): PlainElement {
    const copy = new PlainElement(this.namespaceURI, this.localName, this.ownerDocument);
    for (const { name, value } of this.attributes) copy.setAttribute(name, value);
    copy.style.cssText = this.style.cssText;
    return copy;
  }

  get ownerSVGElement(): PlainElement | null {
    const above = this.parentElement;
    return above?.localName === "svg" ? above : (above?.ownerSVGElement ?? null);
  }
  getBBox(): Box {
    return localBox(this) ?? noBox;
  }
  getBoundingClientRect(): Box & { left: number; top: number; right: number; bottom: number } {
    const box = clientBox(this) ?? noBox;
    const { x, y, width, height } = box;
    return { ...box, left: x, top: y, right: x + width, bottom: y + height };
  }
  getComputedTextLength(): number {
    return textWidth(this);
  }
  getTotalLength(): number {
    return pathLength(pointsOf(this));
  }
  getPointAtLength(length: number): { x: number; y: number } {
    return pointAtLength(pointsOf(this), length);
  }
  /** Nothing is laid out, so a page element has no size: plotly takes the figure's own. */
  get offsetWidth(): number {
    return 0;
  }
  get offsetHeight(): number {
    return 0;
  }
  get clientWidth(): number {
    return 0;
  }
  get clientHeight(): number {
    return 0;
  }

  get width(): number {
    return Number(this.getAttribute("width"));
  }
  set width(width: number) {
    this.setAttribute("width", width);
  }
  get height(): number {
    return Number(this.getAttribute("height"));
  }
  set height(height: number) {
    this.setAttribute("height", height);
  }
  getContext(name: string): Canvas | null {
    if (this.localName !== "canvas" || name !== "2d") return null;
    if (this.#canvas?.width !== this.width || this.#canvas.height !== this.height)
      this.#canvas = new Canvas(this.width, this.height);
    return this.#canvas;
  }
  toDataURL(): string {
    return this.getContext("2d")?.toDataURL() ?? "data:,";
  }
  /** plotly adds its page styles as rules of a `<style>`; a picture has no use for them. */
  get sheet(): { insertRule(): number; cssRules: readonly never[] } | undefined {
    return this.localName === "style" ? { insertRule: () => 0, cssRules: [] } : undefined;
  }
}

class ClassName {
  readonly #element: PlainElement;
  constructor(element: PlainElement) {
    this.#element = element;
  }
  get baseVal(): string {
    return this.#element.getAttribute("class") ?? "";
  }
  set baseVal(name: string) {
    this.#element.setAttribute("class", name);
  }
}

class ClassList {
  readonly #element: PlainElement;
  constructor(element: PlainElement) {
    this.#element = element;
  }
  contains(name: string): boolean {
    return this.#element.classes.includes(name);
  }
  add(...names: readonly string[]): void {
    this.#set([...new Set([...this.#element.classes, ...names])]);
  }
  remove(...names: readonly string[]): void {
    this.#set(this.#element.classes.filter((name) => !names.includes(name)));
  }
  toggle(name: string, wanted = !this.contains(name)): boolean {
    if (wanted) this.add(name);
    else this.remove(name);
    return wanted;
  }
  #set(names: readonly string[]): void {
    this.#element.setAttribute("class", names.join(" "));
  }
}
