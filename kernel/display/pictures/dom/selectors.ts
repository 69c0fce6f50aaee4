import type { PlainElement } from "./PlainElement.ts";
import type { PlainNode } from "./PlainNode.ts";

type Test = (element: PlainElement) => boolean;

/** One part of a selector, and how it hangs on the part before it. */
interface Step {
  readonly isChild: boolean;
  readonly fits: Test;
}

type Chain = readonly Step[];

/** All elements below `root` that a CSS selector names, in document order. */
export function querySelectorAll(root: PlainNode, selector: string): PlainElement[] {
  const chains = parsed(selector);
  const found: PlainElement[] = [];
  const visit = (node: PlainNode): void => {
    for (const child of node.children) {
      if (chains.some((chain) => fits(child, chain, root))) found.push(child);
      visit(child);
    }
  };
  visit(root);
  return found;
}

/** The first of them. */
export function querySelector(root: PlainNode, selector: string): PlainElement | null {
  const chains = parsed(selector);
  const visit = (node: PlainNode): PlainElement | null => {
    for (const child of node.children) {
      if (chains.some((chain) => fits(child, chain, root))) return child;
      const deeper = visit(child);
      if (deeper) return deeper;
    }
    return null;
  };
  return visit(root);
}

export function matches(element: PlainElement, selector: string): boolean {
  return parsed(selector).some((chain) => fits(element, chain, null));
}

function fits(element: PlainElement, chain: Chain, root: PlainNode | null): boolean {
  const [step, above] = [chain.at(-1)!, chain.slice(0, -1)];
  if (!step.fits(element)) return false;
  if (above.length === 0) return !step.isChild || element.parentNode === root;
  if (step.isChild)
    return element.parentElement !== null && fits(element.parentElement, above, root);
  for (let outer = element.parentElement; outer; outer = outer.parentElement)
    if (fits(outer, above, root)) return true;
  return false;
}

const known = new Map<string, readonly Chain[]>();

function parsed(selector: string): readonly Chain[] {
  const before = known.get(selector);
  if (before) return before;
  const chains = selector.split(/,(?![^([]*[)\]])/).map(parsedChain);
  known.set(selector, chains);
  return chains;
}

function parsedChain(text: string): Chain {
  const steps: Step[] = [];
  let isChild = false;
  for (const word of text
    .trim()
    .replace(/\s*>\s*/g, " > ")
    .trim()
    .split(/\s+(?![^[]*\])/)) {
    if (word !== ">") steps.push({ isChild, fits: parsedStep(word) });
    isChild = word === ">";
  }
  return steps;
}

function parsedStep(text: string): Test {
  const tests: Test[] = [];
  let rest = text;
  while (rest !== "") {
    const [length, test] = firstTest(rest);
    tests.push(test);
    rest = rest.slice(length);
  }
  return (element) => tests.every((test) => test(element));
}

/** The patterns of simple selectors, each with the test it stands for. */
const patterns: readonly (readonly [RegExp, (found: RegExpExecArray) => Test])[] = [
  [/^\*/, () => () => true],
  [
    /^[\w-]+/,
    ([name]) =>
      (element) =>
        element.localName.toLowerCase() === name.toLowerCase(),
  ],
  [
    /^#((?:\\.|[\w-])+)/,
    ([, id]) =>
      (element) =>
        element.id === id!.replaceAll("\\", ""),
  ],
  [/^\.((?:\\.|[\w-])+)/, ([, name]) => hasClass(name!.replaceAll("\\", ""))],
  [
    /^\[([\w:-]+)\]/,
    ([, name]) =>
      (element) =>
        element.hasAttribute(name!),
  ],
  [
    /^\[([\w:-]+)="?([^"\]]*)"?\]/,
    ([, name, value]) =>
      (element) =>
        element.getAttribute(name!) === value,
  ],
  [
    /^\[([\w:-]+)\^="?([^"\]]*)"?\]/,
    ([, name, value]) =>
      (element) =>
        element.getAttribute(name!)?.startsWith(value!) ?? false,
  ],
  [
    /^\[([\w:-]+)\*="?([^"\]]*)"?\]/,
    ([, name, value]) =>
      (element) =>
        element.getAttribute(name!)?.includes(value!) ?? false,
  ],
  [
    /^:not\(([^)]*)\)/,
    ([, inner]) =>
      (element) =>
        !matches(element, inner!),
  ],
  [/^:first-child/, () => (element) => element.parentNode?.firstElementChild === element],
  [/^:last-child/, () => (element) => element.parentNode?.children.at(-1) === element],
];

function firstTest(text: string): readonly [length: number, test: Test] {
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(text);
    if (found) return [found[0].length, make(found)];
  }
  throw new SyntaxError(`The selector part "${text}" is not known here.`);
}

function hasClass(name: string): Test {
  return (element) => ` ${element.attributesByName.get("class") ?? ""} `.includes(` ${name} `);
}
