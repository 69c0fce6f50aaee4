import { serialize } from "./markup.ts";
import { PlainDocument } from "./PlainDocument.ts";
import { PlainElement } from "./PlainElement.ts";
import { PlainNode } from "./PlainNode.ts";

/**
 * Makes the globals of a page, which plotly takes for granted, on this thread's own global object.
 * The thread must do nothing but draw: other code could mistake it for a browser.
 */
export function becomePage(): PlainDocument {
  const document = new PlainDocument();
  const globals = { ...pageGlobals(document), window: globalThis, self: globalThis };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  document.defaultView = globalThis;
  return document;
}

function pageGlobals(document: PlainDocument): object {
  return {
    document,
    Node: PlainNode,
    Element: PlainElement,
    HTMLElement: PlainElement,
    SVGElement: PlainElement,
    XMLSerializer: class {
      serializeToString = serialize;
    },
    // Made once for the tool bar's icons, and a picture has no tool bar.
    DOMParser: class {},
    getComputedStyle: (element: PlainElement) => element.style,
    matchMedia: () => ({ matches: false, addEventListener() {} }),
    addEventListener() {},
    removeEventListener() {},
    requestAnimationFrame: (draw: () => void) => setTimeout(draw, 0),
    cancelAnimationFrame: clearTimeout,
    navigator: { userAgent: "downhill" },
    location: { href: "http://localhost/", protocol: "http:" },
    devicePixelRatio: 1,
    innerWidth: 1000,
    innerHeight: 800,
  };
}
