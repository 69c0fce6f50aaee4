/** The inline style of an element, by the names of CSS (`font-size`) and of scripts (`fontSize`). */
export class PlainStyle {
  readonly #values = new Map<string, string>();

  /** A style whose properties can be read and set as fields, the way scripts do. */
  static withProperties(): PlainStyle {
    return new Proxy(new PlainStyle(), { get: readField, set: writeField });
  }

  setProperty(name: string, value: unknown): void {
    const text = value === null || value === undefined ? "" : String(value);
    if (text === "") this.#values.delete(name);
    else this.#values.set(name, text);
  }
  getPropertyValue(name: string): string {
    return this.#values.get(name) ?? "";
  }
  getPropertyPriority(): string {
    return "";
  }
  removeProperty(name: string): void {
    this.#values.delete(name);
  }
  get cssText(): string {
    return [...this.#values].map(([name, value]) => `${name}: ${value};`).join(" ");
  }
  set cssText(text: string) {
    this.#values.clear();
    for (const declaration of text.split(";")) {
      const colon = declaration.indexOf(":");
      if (colon > 0)
        this.setProperty(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    }
  }
}

function readField(style: PlainStyle, name: string | symbol): unknown {
  if (!(name in style)) return style.getPropertyValue(hyphenated(String(name)));
  const value: unknown = Reflect.get(style, name, style);
  // Private fields live on the style itself, not on the proxy around it.
  return typeof value === "function" ? value.bind(style) : value;
}

function writeField(style: PlainStyle, name: string | symbol, value: unknown): boolean {
  if (name === "cssText") style.cssText = String(value);
  else style.setProperty(hyphenated(String(name)), value);
  return true;
}

function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
